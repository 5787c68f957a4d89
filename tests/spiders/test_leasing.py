"""How many candidates are leased, and how they are asked for."""

import pytest
from scrapy.settings import Settings

from archive.frontier import Due
from kickcrawl.outlet import BUNDLED, load_outlets
from spiders.leasing import AWAITED_PER_CONNECTION, MAX_UNSTORED, article_request, room_for
from spiders.network.envelope import ABOUT, HANDLED_STATUSES, IS_FIRST, MAX_BYTES
from spiders.run import OutletRun

OUTLET = load_outlets([BUNDLED])["kicknews"]
URL = OUTLET.url("/panen-padi/")
FULL = 2 * AWAITED_PER_CONNECTION  # with two connections
MOST = FULL + MAX_UNSTORED

ROOM = {
    "nothing in flight": ({}, None, FULL),
    "half unanswered": ({"in_flight": FULL // 2, "awaited": FULL // 2}, None, FULL // 2),
    "more than half unanswered": ({"in_flight": FULL // 2 + 1, "awaited": FULL // 2 + 1}, None, 0),
    "pages wait to be read": ({"in_flight": FULL}, None, FULL),
    "many pages wait to be read": ({"in_flight": MOST - FULL // 2}, None, FULL // 2),
    "too many pages wait to be read": ({"in_flight": MOST - FULL // 2 + 1}, None, 0),
    "limit": ({}, 3, 3),
    "limit, some in flight": ({"in_flight": 2}, 3, 1),
    "limit reached": ({"in_flight": 3}, 3, 0),
    "budget used up": ({"is_spent": True}, None, 0),
    "not discovered yet": ({"is_discovered": False}, None, 0),
}  # fmt: skip


@pytest.mark.parametrize(("state", "limit", "room"), ROOM.values(), ids=ROOM)
def test_room_for_candidates(state: dict[str, int], limit: int | None, room: int) -> None:
    run = OutletRun(outlet=OUTLET, **{"is_discovered": True, **state})  # type: ignore[arg-type]
    assert room_for(run, limit, connections=2) == room


@pytest.mark.parametrize(
    ("is_known", "follow", "stops"),
    [(False, False, False), (True, False, True), (True, True, False)],
    ids=["new", "archived", "archived, to follow"],
)
def test_redirect_of_an_archived_article_comes_back_before_it_is_followed(
    is_known: bool, follow: bool, stops: bool
) -> None:
    due, settings = Due(URL, (), "17", "Panen padi", is_known=is_known), Settings({"PAGE_MAXSIZE": 5})
    request = article_request(OutletRun(outlet=OUTLET), due, settings, callback=print, errback=print, follow=follow)
    statuses = HANDLED_STATUSES.of(request)
    assert (301 in statuses) == stops
    assert 404 in statuses
    assert 200 not in statuses
    assert MAX_BYTES.of(request) == 5
    about = {"story": URL, "native_id": "17", "title": "Panen padi", "claims": [], "standing": "unknown"}
    assert ABOUT.of(request) == about


@pytest.mark.parametrize("was_checked", [False, True])
def test_no_condition_is_sought_for_what_no_answer_has_resolved(was_checked: bool) -> None:
    due = Due(URL, (), None, None, is_known=False, was_checked=was_checked)
    run, settings = OutletRun(outlet=OUTLET), Settings({"PAGE_MAXSIZE": 5})
    assert IS_FIRST.of(article_request(run, due, settings, callback=print, errback=print)) is not was_checked
