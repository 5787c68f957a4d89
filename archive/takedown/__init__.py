"""Takedown: an article's content goes for good."""
