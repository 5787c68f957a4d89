"""Times of change: days, months, slips of the clock, and whether they are to be believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.article import Moment
from kickcrawl.discovery.lastmod import Lastmod, Seen, are_days, read_lastmod, says_edited
from kickcrawl.discovery.lastmod_trust import (
    MAX_CHECKS,
    Check,
    LastmodMemory,
    Stated,
    Trust,
    from_json,
    judge,
    learn_checks,
    learn_list,
    to_json,
)

ZONE = "Asia/Makassar"


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"2025-{written}+08:00").astimezone(UTC)


def exact(written: str) -> Lastmod:
    return Lastmod(earliest=Moment(at(written), 480))


@pytest.mark.parametrize(
    ("text", "earliest", "until"),
    [
        pytest.param("2025-07-14", "07-14T00:00", "07-15T00:00", id="day"),
        pytest.param("2025-07", "07-01T00:00", "08-01T00:00", id="month"),
        pytest.param("2025-07-14T09:30:00+08:00", "07-14T09:30", None, id="time"),
        pytest.param("2025-07-14T09:30+07:00", "07-14T10:30", None, id="time in another zone"),
        pytest.param("2025-07-14 09:30 WITA", "07-14T09:30", None, id="time with the zone's name"),
    ],
)
def test_lastmod_lasts_as_long_as_it_is_written(text: str, earliest: str, until: str | None) -> None:
    read = read_lastmod(text, ZONE)
    assert read is not None
    assert (read.earliest.at, read.until) == (at(earliest), at(until) if until else None)


def test_years_and_decembers_end_with_the_year() -> None:
    year, month = read_lastmod("2024", ZONE), read_lastmod("2024-12", ZONE)
    assert year
    assert month
    assert year.until == month.until == at("01-01T00:00")


def test_day_is_as_long_as_the_clocks_of_its_zone_make_it() -> None:
    short = read_lastmod("2025-03-30", "Europe/Berlin")
    assert short
    assert short.until
    assert short.until - short.earliest.at == timedelta(hours=23)


@pytest.mark.parametrize("text", ["", "kemarin", "2025-02-30", "2025-13", "0026-07-14", "1796", "2097-01-01", "9999"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_lastmod(text, ZONE) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2025-07-14T00:00:00+08:00", "2025-07-15T00:00Z", "2025-07-16 00:00:00", ""], True),
        (["2025-07-14T00:00:00+08:00", "2025-07-15T00:00:01+08:00", "2025-07-16T00:00:00+08:00"], False),
        (["2025-07-14T00:00:00+08:00"] * 2, False),
        (["2025-07-14"] * 9, False),
    ],
)
def test_midnights_only_are_days(texts: list[str], expected: bool) -> None:
    assert are_days(texts) is expected


@pytest.mark.parametrize(
    ("lastmod", "checked", "now", "expected"),
    [
        pytest.param("2025-07-14", "07-14T09:00", "07-14T20:00", False, id="the day is not over"),
        pytest.param("2025-07-14", "07-14T09:00", "07-15T00:00", True, id="it is over since"),
        pytest.param("2025-07-14", "07-15T00:00", "07-15T09:00", False, id="it was over when we looked"),
        pytest.param("2025-07-14", "07-13T23:00", "07-14T01:00", True, id="a new day"),
        pytest.param("2025-07-14T09:30:00+08:00", "07-14T09:00", "07-14T10:00", True, id="a time after our look"),
        pytest.param("2025-07-14T09:30:00+08:00", "07-14T09:31", "07-16T10:00", False, id="a time before our look"),
        pytest.param("2025-07-14T09:30:00+08:00", "07-14T09:30:40", "07-14T09:31", True, id="a minute that is over"),
        pytest.param("2025-07-14T09:30:00+08:00", "07-14T09:30:40", "07-14T09:30:50", False, id="a minute that is not"),
        pytest.param(
            "2025-07-14T09:30:12+08:00", "07-14T09:30:40", "07-14T09:31", False, id="a second before our look"
        ),
    ],
)
def test_page_is_due_once_its_day_is_over(lastmod: str, checked: str, now: str, expected: bool) -> None:
    read = read_lastmod(lastmod, ZONE)
    assert read is not None
    assert says_edited(read, Seen(checked_at=at(checked)), at(now)) is expected


@pytest.mark.parametrize(
    ("said", "gives", "expected"),
    [
        pytest.param("07-14T18:00", "07-14T18:00", False, id="the same slip"),
        pytest.param("07-14T18:00", "07-14T11:00", True, id="an edit, and the clock is right again"),
        pytest.param("07-14T18:00", "07-14T09:00", False, id="the clock is right again, and nothing was edited"),
        pytest.param("07-14T18:00", "07-14T19:00", True, id="an edit, and the clock is wrong still"),
        pytest.param("07-14T09:00", "07-14T09:00", False, id="another list was ahead, this one is not"),
        pytest.param(None, "07-14T11:00", True, id="another list was ahead, this one is new"),
    ],
)
def test_time_that_was_still_to_come_hides_no_edit(said: str | None, gives: str, expected: bool) -> None:
    seen = Seen(modified=at("07-14T18:00"), said=at(said) if said else None, checked_at=at("07-14T10:00"))
    assert says_edited(exact(gives), seen, at("07-14T12:00")) is expected


def test_time_that_was_named_before_is_a_watermark_whenever_the_page_was_fetched() -> None:
    seen = Seen(modified=at("07-14T08:00"), checked_at=at("07-14T10:00"))
    assert says_edited(exact("07-14T09:00"), seen, at("07-14T12:00"))  # the server's clocks do not agree
    assert not says_edited(exact("07-14T08:00"), seen, at("07-14T12:00"))
    assert says_edited(exact("07-14T08:00"), Seen(), at("07-14T12:00"))


def test_parts_of_a_second_that_are_not_kept_are_no_edit() -> None:
    given = Lastmod(earliest=Moment(at("07-14T08:00") + timedelta(milliseconds=123), 480))
    assert not says_edited(given, Seen(modified=at("07-14T08:00"), checked_at=at("07-14T09:00")), at("07-14T12:00"))
    assert not says_edited(given, Seen(checked_at=at("07-14T08:00")), at("07-14T12:00"))


def test_articles_that_were_all_saved_anew_once_do_not_make_their_list_a_liar() -> None:
    saved = [Check(later=True, changed=False, is_repeated=False)] * 300
    memory = learn_checks(LastmodMemory(), [*saved, *checks(True, 9, 0)])
    assert judge(memory) == Trust()
    again = learn_checks(memory, checks(True, 0, 300))
    assert not judge(again).edits


def checks(later: bool, changed: int, unchanged: int) -> list[Check]:
    return [Check(later=later, changed=True)] * changed + [Check(later=later, changed=False)] * unchanged


@pytest.mark.parametrize(
    ("made", "edits", "silence"),
    [
        pytest.param([], True, True, id="nothing is known"),
        pytest.param(checks(True, 0, 60), False, False, id="two runs fetched all for nothing"),
        pytest.param(checks(True, 0, 7), True, True, id="too few to tell"),
        pytest.param(checks(True, 3, 17), True, True, id="some were edits"),
        pytest.param(checks(True, 1, 59), False, False, id="one was, of sixty"),
        pytest.param(checks(False, 2, 30), True, False, id="two edits in silence"),
        pytest.param(checks(False, 1, 30), True, True, id="one might be a number of readers"),
        pytest.param(checks(False, 0, 300), True, True, id="silence kept its word"),
    ],
)
def test_lastmod_is_judged_by_what_was_found(made: list[Check], edits: bool, silence: bool) -> None:
    trust = judge(learn_checks(LastmodMemory(), made))
    assert (trust.edits, trust.silence) == (edits, silence)
    assert (trust.reason is None) is (edits and silence)


@pytest.mark.parametrize(
    ("edited", "total", "silence"),
    [(0, 30, False), (0, 3, False), (0, 2, True), (1, 30, True), (1, 200, False), (9, 200, True)],
)
def test_list_that_gives_nothing_but_publish_times_does_not_tell_edits(edited: int, total: int, silence: bool) -> None:
    stated = [Stated(lastmod=exact("07-14T09:30"), published=at("07-14T09:30"))] * (total - edited)
    stated += [Stated(lastmod=exact("07-15T09:30"), published=at("07-14T09:30"))] * edited
    assert judge(learn_list(LastmodMemory(), stated)).silence is silence


def test_silence_is_proven_by_articles_that_were_fetched_for_nothing() -> None:
    assert not judge(learn_checks(LastmodMemory(), checks(False, 0, 29))).is_proven
    assert judge(learn_checks(LastmodMemory(), checks(False, 1, 30))).is_proven


def test_day_of_publishing_is_the_publish_time() -> None:
    day = read_lastmod("2025-07-14", ZONE)
    assert day is not None
    assert learn_list(LastmodMemory(), [Stated(lastmod=day, published=at("07-14T23:30"))]).edited == 0
    assert learn_list(LastmodMemory(), [Stated(lastmod=day, published=at("07-13T23:30"))]).edited == 1


def test_list_takes_the_place_of_the_one_before() -> None:
    once = learn_list(LastmodMemory(), [Stated(lastmod=exact("07-14T09:30"), published=at("07-14T09:30"))] * 30)
    assert learn_list(once, []).stated == 0


def test_sitemap_that_was_mended_is_believed_again() -> None:
    memory = learn_checks(LastmodMemory(), checks(True, 0, MAX_CHECKS))
    assert not judge(memory).edits
    assert judge(learn_checks(memory, checks(True, 90, 0))) == Trust()


def test_memory_is_kept_as_json() -> None:
    memory = LastmodMemory(stated=3, edited=1, alarms=4, false_alarms=2, silent=6, missed=1)
    assert from_json(to_json(memory)) == memory
    assert from_json({"alarms": "x", "lain": 3}) == LastmodMemory()


def test_time_that_all_share_is_doubted_after_three_false_alarms_of_any_kind() -> None:
    built = [Stated(lastmod=exact("07-14T09:30"), published=at(f"07-{day:02d}T08:00")) for day in range(1, 13)]
    own = [Stated(lastmod=exact(f"07-{day:02d}T09:30"), published=at(f"07-{day:02d}T08:00")) for day in range(1, 13)]
    first = Check(later=True, changed=False, is_repeated=False)
    assert not judge(learn_checks(learn_list(LastmodMemory(), built), [first] * 3)).edits
    assert judge(learn_checks(learn_list(LastmodMemory(), built), [first] * 2)).edits
    assert judge(learn_checks(learn_list(LastmodMemory(), built), [replace(first, changed=True)] * 12)).edits
    assert judge(learn_checks(learn_list(LastmodMemory(), own), [first] * 12)).edits
