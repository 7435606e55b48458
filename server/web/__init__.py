"""Pages, forms and sockets: parse, then act or read, then render."""
