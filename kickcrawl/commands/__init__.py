"""The commands that need no archive."""
