"""The texts of declarations: update log and revisions."""
