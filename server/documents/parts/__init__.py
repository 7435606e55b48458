"""The parts of a document's pages."""
