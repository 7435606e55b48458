"""Answers on paper: the list, the form, the comparison with the scan."""
