"""People who do things at the same moment, in processes of their own over one database."""
