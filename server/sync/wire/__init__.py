"""Bytes on the wire, read strictly."""
