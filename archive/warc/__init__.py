"""WARC: records, the files that hold them, and reading both again."""
