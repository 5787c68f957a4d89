"""Captures read again: by a newer extractor, or to build the whole archive anew from its WARC files."""
