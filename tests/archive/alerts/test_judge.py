"""What the archive's own rows tell: articles, answers, layouts, statements on pages, sizes, and what was observed."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier, layouts
from archive.alerts.judge import alerts_now
from archive.alerts.keep import keep_alerts, kept_alerts
from archive.alerts.observe import grown_by_day, observe
from archive.alerts.rdap import domain_end, expiration, observe_domains
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.runs import end_run, start_run
from kickcrawl import CHECKOUT
from kickcrawl.alerts.alert import KINDS, Alert
from kickcrawl.article import Candidate
from kickcrawl.body.learned_layouts import Change
from kickcrawl.dates import to_iso
from kickcrawl.reading import Layout
from tests.support.storing import KEPT, NOW, OUTLET, Shelf, shelf_in, url_of

DAY = timedelta(days=1)
WALL = {"kind": "rejections", "what": "9 of 9 pages are no articles", "since": to_iso(NOW), "advice": "lihat"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def run(archive: Archive, at: datetime = NOW, outcome: Any = "complete", **given: Any) -> int:
    run_id = start_run(archive, OUTLET, {}, at)
    end_run(archive, run_id, outcome, at, **{"counts": {}, "seeds": [], **given})
    return run_id


def told(archive: Archive, now: datetime = NOW) -> dict[str, Alert]:
    return {alert.kind: alert for alert in alerts_now(archive, now)}


def fill(shelf: Shelf, *, until: datetime) -> None:
    """Put two articles into each hour from 8 to 16 h of the outlet's clock, on 60 days before NOW's, up to *until*."""
    for day in range(60, -1, -1):
        for hour in range(8):
            at = NOW - day * DAY + hour * timedelta(hours=1)
            for number in (0, 30):
                if (published := at + timedelta(minutes=number)) < until:
                    slug = f"kabar-{day}-{hour}-{number}"
                    shelf.put(slug, f"Kabar {slug}.", published_at=published, authors=("Rian",))


def test_silent_day_is_told_from_the_archives_own_articles(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        fill(shelf, until=NOW - DAY)
        run(shelf.archive, NOW + timedelta(hours=9))
        alert = told(shelf.archive, NOW + timedelta(hours=9))["silence"]
    assert alert.outlet == "warta"
    assert alert.certainty > 0.99
    assert alert.since == NOW - 2 * DAY + timedelta(hours=7.5)  # of the last article
    assert "no article in" in alert.evidence


def test_usual_day_and_a_day_that_nobody_asked_for_are_not_told(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        fill(shelf, until=NOW + DAY)
        run(shelf.archive, NOW + timedelta(hours=9))
        assert "silence" not in told(shelf.archive, NOW + timedelta(hours=9))
        assert "silence" not in told(shelf.archive, NOW + 2 * DAY)


def test_pages_that_are_challenges_are_a_wall_and_others_are_rejections(archive: Archive) -> None:
    run(archive, outcome="failed", counts={"rejected/block-page": 9}, complaints=[WALL])
    assert "wall" in told(archive)
    run(archive, NOW + DAY, "failed", counts={"rejected/empty": 9}, complaints=[WALL])
    assert told(archive).keys() == {"rejections"}


@pytest.mark.parametrize(("walled", "is_told"), [(9, True), (2, False)])
def test_addresses_that_answer_with_a_wall_and_wait_are_told(archive: Archive, walled: int, is_told: bool) -> None:
    run(archive)
    named = [Candidate(url=url_of(str(number)), seed="feed") for number in range(20)]
    frontier.name(archive, "warta", named, NOW)
    for candidate in named[:walled]:
        archive.write(
            "UPDATE frontier SET doubt = 'block-page', doubts = 1, doubted_at = :at WHERE url = :url",
            {"at": to_iso(NOW), "url": candidate.url},
        )
    assert ("wall" in told(archive)) == is_told


def test_refuted_layout_is_told_until_another_is_learned(archive: Archive) -> None:
    run(archive, NOW - 9 * DAY)
    before, after = Layout(body="html body div.lama", share=0.5), Layout(body="html body div.baru", share=0.5)
    learned = Change(layout=before, is_learned=True, why=None, was_wrong=False)
    layouts.note(archive, "warta", [learned], to_iso(NOW - 9 * DAY))
    assert "layout" not in told(archive)
    layouts.note(archive, "warta", [replace(learned, is_learned=False, why="tidak cocok")], to_iso(NOW))
    assert "tidak cocok" in told(archive)["layout"].evidence
    layouts.note(archive, "warta", [replace(learned, layout=after)], to_iso(NOW + DAY))
    assert "layout" not in told(archive, NOW + DAY)


def test_missing_fields_are_told_until_a_run_has_read_articles_that_have_them(archive: Archive) -> None:
    run(archive, outcome="failed", counts={"stored": 5}, complaints=[WALL | {"kind": "fields", "what": "0 of 5"}])
    for hour, (counts, is_told) in enumerate(
        [({}, True), ({"unchanged": 3}, True), ({"stored": 4}, False), ({}, False)]
    ):
        at = NOW + timedelta(hours=hour + 1)
        run(archive, at, counts=counts)
        assert ("fields" in told(archive, at)) == is_told


def test_each_kind_of_alert_says_what_to_do_in_the_docs() -> None:
    page = (CHECKOUT / "docs" / "alerts.md").read_text()
    sections = {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in page.split("\n## ")[1:]}
    assert list(KINDS) == [name for name in sections if name in KINDS]
    assert all(len(sections[kind]) > 60 for kind in KINDS)


def test_outlet_that_is_read_otherwise_is_told_for_a_week(archive: Archive) -> None:
    run(archive, counts={"read-otherwise": 1})
    run(archive, NOW + DAY)
    assert "layout" in told(archive, NOW + DAY)
    run(archive, NOW + 8 * DAY)
    assert "layout" not in told(archive, NOW + 8 * DAY)


def test_observation_keeps_what_it_was_before(archive: Archive) -> None:
    run(archive)
    for day, rules in enumerate(["a", "a", "b", "b"]):
        observe(archive, "warta", "robots", "warta.example", rules, to_iso(NOW + day * DAY))
    alert = told(archive, NOW + 3 * DAY)["robots"]
    assert (alert.since, "-a, +b" in alert.evidence) == (NOW + 2 * DAY, True)


def test_growth_of_the_disk_is_counted_by_day(archive: Archive) -> None:
    for day in range(3):
        run_id = start_run(archive, OUTLET, {}, NOW + day * DAY)
        fetched = Capture(run_id=run_id, url=url_of(str(day)), fetched_at=to_iso(NOW + day * DAY), **KEPT)
        store_capture(archive, replace(fetched, size=1000 * day))
    grown = grown_by_day(archive, NOW + 3 * DAY)
    assert len(grown) == 4
    assert 900 < grown[2] - grown[1] < 1100
    assert grown[3] == 0


def test_alert_that_is_less_sure_goes_on_and_its_beginning_stays(archive: Archive) -> None:
    run(archive)
    sure = Alert(kind="silence", outlet="warta", since=NOW, certainty=0.999, evidence="sepi", advice="lihat")
    keep_alerts(archive, [sure], NOW, (), ["warta"])
    keep_alerts(archive, [replace(sure, certainty=0.95, since=NOW + DAY)], NOW + DAY, (), ["warta"])
    [kept] = kept_alerts(archive)
    assert (kept.ended_at, kept.alert.since, kept.alert.certainty) == (None, NOW, 0.95)
    keep_alerts(archive, [replace(sure, kind="decline", certainty=0.95)], NOW + 2 * DAY, (), ["warta"])
    assert [(kept.alert.kind, kept.ended_at) for kept in kept_alerts(archive)] == [("silence", NOW + 2 * DAY)]


def test_nobody_is_asked_for_a_domain_that_is_not_registered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KICKCRAWL_RDAP", "https://127.0.0.1:9/domain/")
    run(archive)
    observe_domains(archive, NOW)
    assert archive.text("SELECT value FROM observations WHERE subject = 'domain'") == ""
    assert "domain" not in told(archive)


def test_rdap_answers_from_this_machine_are_refused_and_unknown() -> None:
    assert domain_end("https://localhost:9/domain/", "warta.co.id") is None


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"events": [{}]}', b'{"events": []}', b"{", b"\xff"])
def test_rdap_answer_that_says_no_end_is_unknown(answer: bytes) -> None:
    assert expiration(answer) is None
