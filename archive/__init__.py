"""The memory of kickcrawl: one SQLite file that outlives every crawl, every extractor and every machine."""

import kickcrawl  # noqa: F401  (puts the checkout first on sys.path)
