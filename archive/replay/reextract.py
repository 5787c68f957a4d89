"""Read the archive's captures again with today's extractor: try it out (a back-test), or accept what it reads.

Resumable: each article's row holds the extractor that read it, and what today's has read is skipped. A text that lost
more than half of its words is never stored over the archived one.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from archive.article_rows import differing
from archive.articles import record
from archive.database import Archive
from archive.identity import Arrival
from archive.replay.kept import get_capture
from archive.replay.replay import asked_with, replay
from archive.replay.won_and_lost import RuleTally, deciding_rule
from archive.rights import note_captured
from archive.warc.owner import warc_folder
from kickcrawl.article import OUR_FAILURES, Article, Rejection, SiteRules
from kickcrawl.compare.diff import word_diff
from kickcrawl.dates import to_iso
from kickcrawl.errors import KickcrawlError
from kickcrawl.extractor import extractor, reading_code
from kickcrawl.workers.judged import Judged
from kickcrawl.workers.workers import Workers, in_order

BATCH = 50  # articles stored in a transaction
MAX_SHOWN = 5  # of the largest differences


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A text that the extractor reads otherwise today: how many words come or go, and both texts."""

    article_id: str
    title: str
    words: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article that stays as it is, which was read from that capture: it is not tried again by this extractor."""

    key: int
    capture_id: int


@dataclass(slots=True)
class ReextractTally:
    """What today's extractor makes of an outlet's articles: counts; *lost*, *won* and *failed* hold "id: why".

    *rules* says of each rule, or reason of a rejection, which bodies it wins and loses.
    """

    read: int = 0
    same: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    won: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    largest: list[TextDifference] = field(default_factory=list)
    rules: dict[str, RuleTally] = field(default_factory=dict)


async def reextract(
    archive: Archive,
    rules: Mapping[str, SiteRules],
    keys: Sequence[int],
    *,
    accept: bool,
    processes: int | None = None,
    tick: Callable[[], object] = lambda: None,
) -> dict[str, ReextractTally]:
    """Read the articles of those *keys* again; with *accept*, store what differs as revisions.

    Returns a tally for each outlet. *tick* is called for each article.
    """
    tallies: dict[str, ReextractTally] = {}
    waiting: list[Arrival | _Kept] = []
    async for row, found in _read_all(archive, rules, keys, processes):
        tick()
        tally = tallies.setdefault(row["outlet"], ReextractTally())
        if isinstance(found, str):
            tally.failed.append(f"{row['id']}: {found}")
            continue
        if _note(tally, row, found) and isinstance(found, Arrival):
            waiting.append(found)
        elif accept and not (isinstance(found, Rejection) and found.reason in OUR_FAILURES):
            waiting.append(_Kept(row["key"], row["capture_id"]))
        if accept and len(waiting) >= BATCH:
            _store(archive, waiting)
    if accept:
        _store(archive, waiting)
    return tallies


def to_read(archive: Archive, *, outlet: str | None, since: str | None, limit: int | None, again: bool) -> list[int]:
    """Return the keys of the articles to be read: those that another extractor read, with *again* all.

    With *limit* the newest ones. They are in the order of their pages in the WARC files.
    """
    values = {"outlet": outlet, "since": since, "again": again, "code": reading_code(), "limit": limit or -1}
    return [row["key"] for row in archive.rows(_TO_READ, values)]


async def _read_all(
    archive: Archive, rules: Mapping[str, SiteRules], keys: Iterable[int], processes: int | None
) -> AsyncIterator[tuple[sqlite3.Row, Arrival | Rejection | str]]:
    """Yield each article's row with what was read, why it is none, or a sentence on why it could not be tried."""
    workers = Workers(processes=processes)
    rows = (archive.row("SELECT * FROM articles WHERE key = :key", {"key": key}) for key in keys)  # one by one: memory
    there = (row for row in rows if row is not None)
    try:
        async with aclosing(in_order(there, lambda row: _read(archive, rules, row, workers), workers.ahead)) as found:
            async for pair in found:
                yield pair
    finally:
        workers.close()


async def _read(
    archive: Archive, rules: Mapping[str, SiteRules], row: sqlite3.Row, workers: Workers
) -> Arrival | Rejection | str:
    folder = warc_folder(archive.path)
    capture = get_capture(archive, row["capture_id"])
    lacks_pages = bool(row["pages_missing"])
    try:
        asked = asked_with(archive, folder, capture)
        visit = replay(archive, folder, capture, rules[row["outlet"]], asked=asked, is_missing=lambda _: lacks_pages)
    except KickcrawlError as error:
        return str(error)
    held = visit.result  # a page of a kind that need not be read
    # Most are read as before, and what near-copies are found by stays.
    judged = await workers.read(visit.page, keyed=False) if held is None else Judged(read=held, result=held)
    if isinstance(judged.result, Rejection):
        return judged.result
    return Arrival(
        # Which address is the article's is for a crawl to find out.
        article=replace(judged.result, url=row["url"], rights=(*visit.rights, *judged.result.rights)),
        outlet=row["outlet"],
        requested_url=visit.page.requested_url,
        capture_id=visit.capture_id,
        run_id=visit.run_id,
        fetched_at=to_iso(datetime.now(UTC)),
        cause="re-extracted",
        source=visit.source,
    )


def _note(tally: ReextractTally, row: sqlite3.Row, found: Arrival | Rejection) -> bool:
    """Count what was found; True if it may be stored."""
    tally.read += 1
    if isinstance(found, Rejection):
        tally.lost.append(f"{row['id']}: {found.reason} ({found.detail})")
        _count(tally, f"rejected/{found.reason}", -len(row["text"]), row["url"])
        return False
    _note_rule(tally, row, found.article)
    old, new = row["words"], len(found.article.text.split())
    if 2 * new < old:
        tally.lost.append(f"{row['id']}: {new} of {old} words are left")
        return False
    if new > 2 * old:
        tally.won.append(f"{row['id']}: {new} words instead of {old}")
    changed = differing(row, found.article)
    tally.same += not changed
    tally.fields.update(changed)
    if "text" in changed:
        pieces = word_diff(row["text"], found.article.text)
        words = sum(len(piece.text.split()) for piece in pieces if piece.kind != "same")
        tally.largest.append(TextDifference(row["id"], row["title"], words, row["text"], found.article.text))
        tally.largest.sort(key=lambda difference: -difference.words)
        del tally.largest[MAX_SHOWN:]
    return True


def _note_rule(tally: ReextractTally, row: sqlite3.Row, article: Article) -> None:
    """Count a body that is longer or shorter today under the rule that decides it."""
    characters = len(article.text) - len(row["text"])
    if characters and article.reading is not None:
        then = json.loads(row["left_out"]) if row["left_out"] is not None else None
        _count(tally, deciding_rule(characters, then, dict(article.reading.cut)), characters, row["url"])


def _count(tally: ReextractTally, rule: str, characters: int, url: str) -> None:
    tally.rules.setdefault(rule, RuleTally()).add(characters, url)


def _store(archive: Archive, waiting: list[Arrival | _Kept]) -> None:
    """Store what was read, but where a crawl has fetched the article again in the meantime: that is newer."""
    with archive.transaction():
        for arrival in waiting:
            if isinstance(arrival, _Kept):
                archive.write(_KEEP, asdict(arrival) | {"extractor": extractor()})
                continue
            read_from = archive.number("SELECT capture_id FROM articles WHERE url = :url", {"url": arrival.article.url})
            if read_from == arrival.capture_id:
                record(archive, arrival)
                _note_rights(archive, arrival)
    waiting.clear()


def _note_rights(archive: Archive, arrival: Arrival) -> None:
    article_id = archive.text("SELECT id FROM articles WHERE url = :url", {"url": arrival.article.url})
    assert article_id is not None, "it was just stored"
    note_captured(archive, arrival.outlet, article_id, arrival.article.rights, arrival.capture_id)


_KEEP = "UPDATE articles SET extractor = :extractor WHERE key = :key AND capture_id = :capture_id"
_TO_READ = """
    SELECT a.key FROM (
        SELECT key, capture_id FROM articles
        WHERE (:outlet IS NULL OR outlet = :outlet) AND (:since IS NULL OR published_at >= :since)
        AND (:again OR substr(extractor, instr(extractor, '+') + 1) <> :code)
        ORDER BY published_at DESC, key DESC LIMIT :limit
    ) a JOIN captures c ON c.id = a.capture_id ORDER BY c.file, c.offset
"""
