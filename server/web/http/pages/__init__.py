"""Pages made of templates, and the files that belong to them."""
