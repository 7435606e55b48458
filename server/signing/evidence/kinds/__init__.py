"""Every kind of evidence, one module each: what it consists of, and how it is checked."""
