"""The press room: everything that newsrooms need, before the hour with a watermark and on record."""
