"""The page for the hall: who stands behind the text, without an account, by a link."""
