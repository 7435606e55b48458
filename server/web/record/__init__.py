"""The log's page."""
