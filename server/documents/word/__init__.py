"""Word processors' files, read and written on the XML itself."""
