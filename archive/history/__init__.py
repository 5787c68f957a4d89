"""An article's history: its revisions, what each changed, and how it stood on a day."""
