"""Tables that people bring along: pasted, or as a CSV or XLSX file."""
