"""Pages of the text: editor, reading, comparison, milestones."""
