"""The log of decisive acts."""
