"""The commands that ask or change an archive."""
