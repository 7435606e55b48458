"""WordprocessingML (ISO/IEC 29500)."""
