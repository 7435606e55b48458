"""A fresh proof of who somebody is, before an act that decides something."""
