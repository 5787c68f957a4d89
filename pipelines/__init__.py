"""One verb a file: extract, store. Each takes a Visit and hands on a Visit."""

import kickcrawl  # noqa: F401  (puts the checkout first on sys.path)
