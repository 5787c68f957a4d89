"""The archive: one SQLite file with its WARC files, and everything that reads or writes them."""

import kickcrawl  # noqa: F401  (puts the checkout first on sys.path)
