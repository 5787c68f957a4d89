"""The domain of kickcrawl: what outlet, candidate, page and article are, as pure functions on bytes and values.

No Scrapy, no SQL and no network in here. ``spiders``, ``pipelines`` and ``archive`` build on it, never the other way.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

__version__ = "2026.11.30"  # the day of its release; a second one of a day has ".1" behind it (docs/decisions/0094)
# A clock that is behind it is wrong.
RELEASED = datetime.strptime(".".join(__version__.split(".")[:3]), "%Y.%m.%d").replace(tzinfo=UTC)

CHECKOUT = Path(__file__).resolve().parent.parent

# ``spiders``, ``pipelines`` and ``archive`` are also names of packages on indexes; the checkout's own must win.
if sys.path[:1] != [str(CHECKOUT)]:
    sys.path.insert(0, str(CHECKOUT))
