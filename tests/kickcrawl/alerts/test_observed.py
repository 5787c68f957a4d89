"""What crawls observe: each change and each end is told, and what stays as it is is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.alerts.alert import KINDS, Alert
from kickcrawl.alerts.disk import Disk, disk_alert
from kickcrawl.alerts.observed import Observation, clock_alert, outlet_observed, robots_rules
from kickcrawl.dates import to_iso

NOW = datetime(2025, 7, 14, 1, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = Observation(
    subject="robots", name="warta.example", outlet="warta", value="user-agent: *\ndisallow: /", since=NOW - DAY,
    before="user-agent: *\ndisallow: /cari", checked_at=NOW,
)  # fmt: skip


def told(*seen: Observation) -> list[Alert]:
    return list(outlet_observed(seen, NOW))


def ending(subject: str, value: str) -> Observation:
    return replace(RULES, subject=subject, value=value, before=None, since=NOW - 90 * DAY)


def test_changed_robots_txt_is_told_with_its_lines() -> None:
    [alert] = told(RULES)
    assert (alert.kind, alert.outlet, alert.since, alert.certainty) == ("robots", "warta", NOW - DAY, 1.0)
    assert "robots.txt of warta.example changed: -disallow: /cari, +disallow: /" in alert.evidence


@pytest.mark.parametrize(
    "quiet",
    [
        pytest.param(replace(RULES, before=None), id="as it ever was"),
        pytest.param(replace(RULES, since=NOW - 8 * DAY), id="as it has been for a week"),
        pytest.param(replace(RULES, since=NOW - 40 * DAY, checked_at=NOW - 35 * DAY), id="not seen for a month"),
    ],
)
def test_robots_txt_that_stays_is_not_told(quiet: Observation) -> None:
    assert told(quiet) == []


def test_comments_and_sitemaps_of_robots_txt_may_change() -> None:
    one, other = (f"# {day}\nUser-agent: *\nDisallow: /cari\nSitemap: https://a.example/{day}.xml" for day in "12")
    assert robots_rules(one.encode()) == robots_rules(other.encode())


def test_changed_terms_are_told() -> None:
    [alert] = told(replace(RULES, subject="terms", before="hak cipta", value="hak cipta\ntdm-reservation: 1"))
    assert alert.kind == "terms"
    assert "+tdm-reservation: 1" in alert.evidence


@pytest.mark.parametrize(
    ("subject", "value", "is_told"),
    [
        ("certificate", f"{to_iso(NOW - 80 * DAY)} {to_iso(NOW + 10 * DAY)}", True),
        ("certificate", f"{to_iso(NOW - 60 * DAY)} {to_iso(NOW + 30 * DAY)}", False),
        ("certificate", f"{to_iso(NOW - 3 * DAY)} {to_iso(NOW + 3 * DAY)}", False),  # of six days
        ("certificate", f"{to_iso(NOW - 5 * DAY)} {to_iso(NOW + 1 * DAY)}", True),
        ("domain", to_iso(NOW + 20 * DAY), True),
        ("domain", to_iso(NOW + 40 * DAY), False),
        ("domain", to_iso(NOW - DAY), True),
        ("domain", "", False),  # nobody says
    ],
)
def test_certificates_and_domains_that_end_soon_are_told(subject: str, value: str, is_told: bool) -> None:
    assert [alert.kind for alert in told(ending(subject, value))] == [subject] * is_told


@pytest.mark.parametrize(
    ("offsets", "is_told"),
    [([0, 1, -1], False), ([18_000, 18_001, 17_999], True), ([0, 1, 9_000], False), ([-600], True), ([], False)],
)
def test_clock_is_wrong_where_most_servers_say_so(offsets: list[int], is_told: bool) -> None:
    seen = [replace(RULES, subject="clock", name=str(n), value=str(off)) for n, off in enumerate(offsets)]
    alert = clock_alert(seen, NOW)
    assert (alert is not None) == is_told
    assert alert is None or (alert.kind, alert.outlet) == ("clock", None)


def test_disk_that_fills_within_the_month_is_told() -> None:
    alert = disk_alert(Disk(free=20 * 10**9, grown=[10**9] * 20), NOW)
    assert alert is not None
    assert "full in 20 days (2025-08-03)" in alert.evidence


@pytest.mark.parametrize(
    "quiet",
    [
        pytest.param(Disk(free=40 * 10**9, grown=[10**9] * 20), id="enough for longer"),
        pytest.param(Disk(free=20 * 10**9, grown=[10**7] * 19 + [10**11]), id="only a first crawl was large"),
        pytest.param(Disk(free=10**9, grown=[10**9] * 3), id="too little is known"),
        pytest.param(Disk(free=10**9, grown=[0] * 20), id="nothing grows"),
    ],
)
def test_disk_that_lasts_is_not_told(quiet: Disk) -> None:
    assert disk_alert(quiet, NOW) is None


def test_alert_of_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no kind"):
        Alert(kind="entah", outlet=None, since=NOW, certainty=1.0, evidence="", advice="")
    assert all(KINDS.values())
