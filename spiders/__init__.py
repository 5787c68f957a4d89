"""What fetches: one spider for every outlet, and the middlewares of the wire."""

import kickcrawl  # noqa: F401  (puts the checkout first on sys.path)
