"""What kept a request from being answered: the bound that it tells of, and its reason in one line."""

import pytest
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from twisted.internet.error import ConnectionRefusedError as Refusal
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from spiders.network.failures import (
    BudgetSpent,
    HostDown,
    NotRendered,
    NotRenderedInTime,
    OverBound,
    Stopping,
    TooMuchHeld,
    bound_of,
    reason_of,
)

BOUNDS: dict[str, tuple[BaseException | None, str | None]] = {
    "one that we count": (OverBound("size", "its page grew to 9 bytes"), "size"),
    "a budget": (BudgetSpent("requests-per-day", "spent"), "requests-per-day"),
    "a host that is left alone": (HostDown("circuit", "failed"), "circuit"),
    "time for a request": (DownloadTimeoutError("30 s"), "time"),
    "time for a page in the browser": (NotRenderedInTime("30 s"), "time"),
    "size on the wire": (DownloadCancelledError("larger"), "size"),
    "size while decoding": (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE"), "size"),
    "bytes of all answers": (TooMuchHeld(), "held"),
    "redirects": (IgnoreRequest("max redirections reached"), "redirects"),
    "none: the browser fails": (NotRendered("no such host"), None),
    "none: the crawl is ending": (Stopping("the crawl is ending"), None),
    "none: no connection": (Refusal(), None),
    "nothing": (None, None),
}


@pytest.mark.parametrize(("error", "bound"), BOUNDS.values(), ids=BOUNDS)
def test_failure_tells_of_its_bound(error: BaseException | None, bound: str | None) -> None:
    assert bound_of(error) == bound


def test_reason_is_what_stands_behind_twisteds_wrappers() -> None:
    wrapped = ResponseFailed([Failure(ResponseFailed([Failure(OSError("connection\n lost"))]))])
    assert reason_of(wrapped) == "connection lost"
    assert reason_of(KeyError()) == "KeyError"


def test_reason_is_what_stands_behind_scrapys_error_too() -> None:
    error = OSError("[<twisted.python.failure.Failure OSError: header line is too long>]")
    error.__cause__ = ResponseFailed([Failure(OSError("header line is too long"))])
    assert reason_of(error) == "header line is too long"
