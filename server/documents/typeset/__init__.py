"""Typesetting: fonts, lines, boxes, pages."""
