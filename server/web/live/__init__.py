"""The rooms on the wire: sockets, and plain HTTP where there are none."""
