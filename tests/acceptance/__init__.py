"""Acceptance: an archive held against the truth of the newsroom that it was crawled from."""
