"""Validators are sent only where the body's own digest has confirmed them, and are looked at again."""

from collections.abc import Sequence

import pytest

from kickcrawl.validators import MAX_UNREAD, MIN_CONFIRMED_IF_DOUBTED, PastAnswer, conditions

TAG, OTHER_TAG = 'W/"panen-1"', 'W/"panen-2"'
LONG_AGO, JUST_NOW = "Sun, 06 Jul 2025 08:00:00 GMT", "Mon, 14 Jul 2025 00:59:30 GMT"
BOTH = {"If-None-Match": TAG, "If-Modified-Since": LONG_AGO}


def answer(body: str, etag: str | None = TAG, changed: str | None = LONG_AGO, status: int = 200) -> PastAnswer:
    at = "2025-07-14T01:00:00+00:00"
    return PastAnswer(status=status, digest=f"sha256:{body}", fetched_at=at, etag=etag, last_modified=changed)


PAGE, HELD = answer("a"), answer("a", status=304)
PAST: dict[str, tuple[Sequence[PastAnswer], dict[str, str]]] = {  # the newest first
    "nothing": ([], {}),
    "one answer, which nothing confirms": ([PAGE], {}),
    "two with one body": ([PAGE, PAGE], BOTH),
    "status of a proxy": ([answer("a", status=203), PAGE], BOTH),
    "as many held as were confirmed": ([HELD, PAGE, PAGE], {}),
    "fewer held than were confirmed": ([HELD, PAGE, PAGE, PAGE], BOTH),
    "held long enough": ([HELD] * MAX_UNREAD + [PAGE] * 30, {}),
    "confirmed after it was held": ([PAGE, HELD, PAGE, PAGE], BOTH),
    "validator stayed while the body changed": ([answer("b"), answer("b"), PAGE], {}),
    "an earlier validator stayed while the body changed": (
        [answer("c", OTHER_TAG, None), answer("c", OTHER_TAG, None), answer("b"), PAGE], {}),
    "body and validator changed, not confirmed yet": ([answer("b", OTHER_TAG, None), PAGE, PAGE], {}),
    "ETag lies, Last-Modified does not": (
        [answer("b"), answer("b"), answer("a", TAG, "Sat, 05 Jul 2025 08:00:00 GMT")], {"If-Modified-Since": LONG_AGO}),
    "ETag is another each time": ([answer("a", OTHER_TAG), PAGE], {"If-Modified-Since": LONG_AGO}),
    "changed in the minute of the fetch": ([answer("a", None, JUST_NOW)] * 2, {}),
    "Last-Modified that is no time": ([answer("a", None, "kemarin")] * 2, {}),
    "no validators": ([answer("a", None, None)] * 2, {}),
    "gone since": ([answer("x", None, None, status=404), PAGE, PAGE], {}),
    "failed once in between": ([PAGE, answer("x", None, None, status=503), PAGE], BOTH),
    "held, of which no full answer is known": ([HELD], {}),
}  # fmt: skip


@pytest.mark.parametrize(("past", "sent"), PAST.values(), ids=PAST)
def test_condition_is_sent_where_the_body_has_confirmed_it(past: Sequence[PastAnswer], sent: dict[str, str]) -> None:
    assert conditions(past) == sent


def test_kind_that_lied_elsewhere_is_believed_later() -> None:
    assert conditions([PAGE] * MIN_CONFIRMED_IF_DOUBTED, {"etag", "last-modified"}) == {}
    assert conditions([PAGE] * (MIN_CONFIRMED_IF_DOUBTED + 1), {"etag", "last-modified"}) == BOTH
    assert conditions([PAGE] * 2, {"etag"}) == {"If-Modified-Since": LONG_AGO}
