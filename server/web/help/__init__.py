"""Help: what each role does, who may do what, which keys there are."""
