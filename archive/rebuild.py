"""Build an archive from its WARC files alone: captures are walked run by run, and settled by the code of the crawl.

Each run begins with a warcinfo record that holds its outlet's file, and ends with a note of how it went. What the
crawler knew when it asked for a story stands in the request's record.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urljoin

from archive import frontier
from archive.captures import Capture, store_capture, store_records, warc_folder
from archive.chain import link_dead_runs
from archive.database import Archive
from archive.frontier import read_claims
from archive.reextract import read_page
from archive.replay import MissingPage, replay
from archive.runs import end_run, start_run
from archive.takedown import restore
from archive.visits import settle_led_away, settle_missing, store_visits
from archive.warc import ABOUT, Record
from archive.warc_files import Damage, Place
from archive.warc_scan import Found, scan
from kickcrawl.article import Candidate, Claim, Moment, SeedKind, Visit
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.outlet import Outlet
from kickcrawl.urls import canonicalize
from kickcrawl.workers import Workers

ANSWERS = ("response", "revisit", "resource")
SEEDS: tuple[SeedKind, ...] = get_args(SeedKind)
BATCH = 32  # stories read at once and stored in a transaction


@dataclass(slots=True)
class Report:
    """What was read: files, records, runs, and what could not be read, as sentences."""

    files: int = 0
    records: int = 0
    runs: int = 0
    articles: int = 0
    taken_down: int = 0
    foreign: list[str] = field(default_factory=list)  # files that no kickcrawl wrote
    damage: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Segment:
    """Where a run's records begin in a file. A run that filled a file has one in each."""

    path: Path
    start: int
    run: dict[str, Any]
    outlet: dict[str, Any]


def rebuild(archive: Archive, files: Sequence[Path], *, tick: Callable[[], object] = lambda: None) -> Report:
    """Fill the new *archive* with what *files* hold. *tick* is called for each record of a run."""
    report = Report(files=len(files))
    notes: list[dict[str, Any]] = []  # of takedowns
    segments = list(_segments(files, report, notes))
    runs: dict[tuple[str, str, int], list[Segment]] = {}
    for segment in sorted(segments, key=lambda one: (one.run["started_at"], one.run["run"], one.path.name, one.start)):
        key = (segment.run["started_at"], segment.outlet["slug"], segment.run["run"])
        runs.setdefault(key, []).append(segment)
    workers = Workers(read_page)
    try:
        for parts in runs.values():
            asyncio.run(_rebuild_run(archive, parts, notes, workers, tick))
            report.runs += 1
    finally:
        workers.close()
    archive.write("UPDATE runs SET outcome = 'died', reason = 'no end was noted' WHERE outcome = 'running'")
    for row in archive.rows("SELECT slug FROM outlets ORDER BY slug"):
        link_dead_runs(archive, row["slug"])
    report.taken_down = archive.value("SELECT count(*) FROM takedowns")
    report.articles = archive.value("SELECT count(*) FROM articles")
    return report


def _segments(files: Sequence[Path], report: Report, notes: list[dict[str, Any]]) -> Iterator[Segment]:
    """Yield where runs begin; put into *notes* what was taken down, and into *report* what else the files are."""
    for path in files:
        is_ours = False
        for found in scan(path):
            if isinstance(found, Damage):
                report.damage.append(f"{path}: byte {found.offset}, {found.length} bytes: {found.why}")
                continue
            report.records += 1
            report.damage += [f"{path}: byte {found.offset}: {problem}" for problem in found.record.problems]
            if found.record.url == "urn:kickcrawl:takedown":
                notes.append(json.loads(found.record.payload))
            if found.record.kind == "warcinfo" and (told := _info(found.record)):
                is_ours = True
                yield Segment(
                    path=path, start=found.offset, run=json.loads(told["kickcrawl-run"]),
                    outlet=json.loads(told["kickcrawl-outlet"]),
                )  # fmt: skip
        if not is_ours:
            report.foreign.append(f"{path}: no run of kickcrawl's begins in it")


def _info(record: Record) -> dict[str, str]:
    """Return the fields of a warcinfo record of ours, {} of another's."""
    lines = (line.partition(": ") for line in record.payload.decode(errors="replace").split("\r\n"))
    told = {name: value for name, _, value in lines}
    return told if {"kickcrawl-run", "kickcrawl-outlet"} <= told.keys() else {}


async def _rebuild_run(
    archive: Archive,
    parts: list[Segment],
    notes: Sequence[dict[str, Any]],
    workers: Workers,
    tick: Callable[[], object],
) -> None:
    first = parts[0]
    outlet, told = Outlet.model_validate(first.outlet), first.run
    columns = ("slug", "name", "publisher", "region", "place", "language", "timezone", "platform", "home")
    row = {name: getattr(outlet, name) for name in columns}
    begun = datetime.fromisoformat(told["started_at"])
    run_id = start_run(archive, row, told["arguments"], begun)
    for note in notes:
        if note["outlet"] == outlet.slug:
            restore(archive, note)  # before anything of it could be stored again
    asked: list[tuple[int, dict[str, Any]]] = []
    ended: dict[str, Any] = {}
    with archive.transaction():
        for part in parts:
            pending: tuple[int, Record] | None = None
            for found in _of_run(part):
                tick()
                place = Place(part.path.name, found.offset, len(found.data), bytes_digest(found.data))
                if found.record.kind in ANSWERS:
                    pending = (_keep(archive, run_id, found.record, place), found.record)
                    continue
                is_end = found.record.url == "urn:kickcrawl:run"
                store_records(archive, [place], None if is_end else run_id)
                if found.record.kind == "request" and pending is not None:
                    about = json.loads(found.record.fields.get(ABOUT, "{}"))
                    if "story" in about:
                        asked.append((pending[0], about))
                elif is_end:
                    ended = json.loads(found.record.payload) | {"at": found.record.date}
    await _settle(archive, run_id, outlet, (told["span"][0], told["span"][1]), asked, workers)
    if ended:
        names = ("counts", "seeds", "complaints", "reason")
        at = datetime.fromisoformat(ended["at"])
        end_run(archive, run_id, ended["outcome"], at, **{name: ended[name] for name in names})


def _of_run(segment: Segment) -> Iterator[Found]:
    """Yield the records of a run in its file, up to where the next one begins."""
    is_in = False
    for found in scan(segment.path):
        if isinstance(found, Damage) or found.offset < segment.start:
            continue
        if found.record.kind == "warcinfo":
            if is_in:
                return
            is_in = True
        yield found


def _keep(archive: Archive, run_id: int, record: Record, place: Place) -> int:
    """Write the row of a capture as the crawl did."""
    digest = record.fields.get("WARC-Payload-Digest", "")
    original = None
    if record.kind == "revisit":
        original = archive.row(_ORIGINAL, {"digest": digest})
    return store_capture(
        archive,
        Capture(
            run_id=run_id,
            url=record.url,
            fetched_at=record.date,
            status=record.status or 200,
            digest=digest,
            length=original["length"] if original else len(record.payload),
            file=place.file,
            offset=place.offset,
            size=place.length,
            record_digest=place.digest,
            original_id=original["id"] if original else None,
            content_type=record.fields.get("Content-Type")
            if record.kind == "resource"
            else record.header("Content-Type"),
            etag=record.header("ETag"),
            last_modified=record.header("Last-Modified"),
            location=record.header("Location"),
        ),
    )


async def _settle(
    archive: Archive,
    run_id: int,
    outlet: Outlet,
    span: tuple[str | None, str | None],
    asked: list[tuple[int, dict[str, Any]]],
    workers: Workers,
) -> None:
    """Settle what a run asked for, in its order: stories are read a batch at a time, on all cores."""
    waiting: list[Visit] = []
    name_again(archive, outlet.slug, asked)
    for capture_id, about in asked:
        capture = archive.row("SELECT * FROM captures WHERE id = :id", {"id": capture_id})
        assert capture is not None
        if capture["status"] == 200:
            try:
                waiting.append(
                    replay(archive, warc_folder(archive.path), capture, outlet.rules, about=about, span=span)
                )
            except MissingPage:
                continue  # as in the crawl: never half a story
            if len(waiting) < BATCH:
                continue
        await _store(archive, waiting, workers)
        if capture["status"] in (404, 410):
            settle_missing(archive, about["story"], run_id, outlet.slug, capture["status"], capture["fetched_at"])
        elif 300 <= capture["status"] < 400 and capture["location"] and is_known(archive, about["story"]):
            with suppress(ValueError):  # no web address: nothing of ours
                target = canonicalize(urljoin(capture["url"], capture["location"]))
                settle_led_away(archive, about["story"], target, run_id, outlet.slug, capture["fetched_at"])
    await _store(archive, waiting, workers)


def name_again(archive: Archive, outlet: str, asked: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Write what was asked for into the frontier, with what its seeds had said, so that a later crawl knows it."""
    for capture_id, about in asked:
        claims = read_claims(about["claims"])
        at = archive.value("SELECT fetched_at FROM captures WHERE id = :id", {"id": capture_id})
        by_seed = {seed: tuple(claim for claim in claims if claim.source == seed) for seed in SEEDS}
        named = [seed for seed, said in by_seed.items() if said] or ["listing"]
        candidates = [
            Candidate(
                url=about["story"], seed=seed, title=about["title"], native_id=about["native_id"], claims=by_seed[seed],
                published=_moment(by_seed[seed], "published_at"), modified=_moment(by_seed[seed], "modified_at"),
            )
            for seed in named
        ]  # fmt: skip
        frontier.name(archive, outlet, candidates, datetime.fromisoformat(at))


def _moment(claims: Sequence[Claim], field: str) -> Moment | None:
    return next((c.value for c in claims if c.field == field and isinstance(c.value, Moment)), None)


def is_known(archive: Archive, url: str) -> bool:
    return archive.row("SELECT 1 FROM article_urls WHERE url = :url", {"url": url}) is not None


async def _store(archive: Archive, waiting: list[Visit], workers: Workers) -> None:
    """Read what is *waiting* and store it in its order."""

    async def read(visit: Visit) -> Visit:
        return visit if visit.result is not None else replace(visit, result=await workers.read(visit.page))

    store_visits(archive, await asyncio.gather(*map(read, waiting)))
    waiting.clear()


_ORIGINAL = "SELECT id, length FROM captures WHERE digest = :digest AND original_id IS NULL ORDER BY id LIMIT 1"
