"""What can keep a request from being answered: one exception for each kind, the bound that was hit, and the reason.

In: what the guard, robots.txt, the pace, the bounds and the browser raise, and what Scrapy and Twisted raise beside
them. Out: is_passing(), bound_of() and reason_of(), the only places that know foreign exceptions by their kind.
"""

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest, StopDownload
from twisted.python.failure import Failure


class Refused(IgnoreRequest):
    """The address guard did not let the request out."""


class Disallowed(IgnoreRequest):
    """robots.txt does not allow the request."""


class Unreachable(Disallowed):
    """robots.txt could not be read: nothing is allowed now, which says nothing about later."""


class Stopping(IgnoreRequest):
    """The crawl is ending: what has not been sent is not sent any more."""


class OverBound(IgnoreRequest):
    """A request that was not made, or an answer that was not taken, because of the bound *name*."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


class BudgetSpent(OverBound):
    """A budget of requests is used up: nothing more is asked of the outlet in this run."""


class HostDown(OverBound):
    """The host keeps failing or asks to stay away: nothing more is asked of it in this run."""


class TooMuchHeld(StopDownload):
    """An answer that was given up, because all answers in memory together grew beyond HELD_MAXSIZE."""

    def __str__(self) -> str:
        return "it was given up while other large answers arrived"


class NotRendered(OSError):
    """A page that did not come to show its article in the browser."""


class NotRenderedInTime(NotRendered):
    """A page that the browser was given up on because it took too long."""


def is_passing(error: BaseException | None) -> bool:
    """Tell whether *error* says nothing about the page: its host is down, a budget is used up, the crawl is ending."""
    return isinstance(error, HostDown | BudgetSpent | Stopping | Unreachable)


def bound_of(error: BaseException | None) -> str | None:
    """Return the name of the bound that *error* tells of, as it is counted (``bound/size``); None if of none."""
    if isinstance(error, OverBound):
        return error.name
    if isinstance(error, DownloadTimeoutError | NotRenderedInTime):
        return "time"
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):  # on the wire; while decoding
        return "size"
    if isinstance(error, TooMuchHeld):
        return "held"
    return "redirects" if "max redirections" in str(error) else None


def reason_of(error: BaseException) -> str:
    """Return the reason behind *error* as one line; Twisted wraps what went wrong on a connection in lists of failures.

    The name of the exception's class where it has no message.
    """
    while (inner := _inner(error)) is not None:
        error = inner
    return " ".join(str(error).split()) or type(error).__name__


def _inner(error: BaseException) -> BaseException | None:
    """Return the first failure in the list of *error*, or of the Twisted error that Scrapy raised *error* from."""
    for outer in (error, error.__cause__):
        reasons = getattr(outer, "reasons", None)
        if isinstance(reasons, list) and reasons and isinstance(reasons[0], Failure):
            return reasons[0].value
    return None
