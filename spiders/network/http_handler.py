"""Scrapy's HTTP handler, imported without what three of its names that are no longer used cost.

For each of them Scrapy asks inspect.stack() which module it stands in. That reads the source of every caller, and looks
through all loaded modules for those that are frozen in Python, as its importer is: .06 s of CPU for `scrapy crawl`,
.3 s for `kickcrawl run`, which has more modules by then. Only the caller itself is asked for.
"""

import inspect
import sys
from types import FrameType

_stack = inspect.stack


def _callers(context: int = 1) -> list[tuple[FrameType]]:
    """Return, as inspect.stack() does, the frame of who asks and that of its caller, and nothing of either."""
    del context  # unused: no source is shown
    return [(sys._getframe(1),), (sys._getframe(2),)]


inspect.stack = _callers  # type: ignore[assignment]
try:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
finally:
    inspect.stack = _stack

__all__ = ["HTTP11DownloadHandler"]
