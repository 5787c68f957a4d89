"""The domain of kickcrawl: what outlet, candidate, page and article are, as pure functions on bytes and values.

No Scrapy, no SQL and no network in here. ``spiders``, ``pipelines`` and ``archive`` build on it, never the other way.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

__version__ = "0.1.0"
RELEASED = datetime(2026, 11, 30, tzinfo=UTC)  # renew it with the version: a clock that is behind it is wrong

CHECKOUT = Path(__file__).resolve().parent.parent

# ``spiders``, ``pipelines`` and ``archive`` are also names of packages on indexes; the checkout's own must win.
if sys.path[:1] != [str(CHECKOUT)]:
    sys.path.insert(0, str(CHECKOUT))
