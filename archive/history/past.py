"""Return an article as it stood: as a revision has it (ID@2), or as it was at the end of a day."""

import json
from datetime import UTC, date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from archive.article_rows import JSON_COLUMNS, KEPT, READING
from archive.database import Archive
from archive.lookup import ArticleRecord, find_record, none_such
from kickcrawl.errors import UsageError
from kickcrawl.fields import FIELDS
from kickcrawl.fingerprint import text_digest

# Of earlier revisions nothing is known of these.
NOT_KEPT = tuple(name for name in (*JSON_COLUMNS, *READING) if name not in KEPT)
IN_TEXT = tuple(field.name for field in FIELDS if field.is_in_text)


def find_article(archive: Archive, name: str) -> ArticleRecord:
    """Return the article of that id, first digits of one, or URL; raises UsageError if there is none."""
    record = find_record(archive, name)
    if record is None:
        raise UsageError(f"{archive.path}: {none_such(archive, name)}")
    return record


def find_state(archive: Archive, name: str, on: str | None = None) -> ArticleRecord:
    """Return the article of that name as it is today, as it stood on a day, or as ID@REV (or URL@REV) has it."""
    if "@" in name and find_record(archive, name) is None:
        name, _, revision = name.rpartition("@")
        return as_it_stood(archive, find_article(archive, name), revision, on)
    return as_it_stood(archive, find_article(archive, name), None, on)


def as_it_stood(
    archive: Archive, record: ArticleRecord, revision: str | None = None, on: str | None = None
) -> ArticleRecord:
    """Return *record*, an article as find_record() gives it, at a revision or at the end of a day.

    Both are given as people write them, the day also as "today", by the outlet's clock. Raises UsageError, which says
    what there is, for what it has not.
    """
    if revision is not None and on is not None:
        raise UsageError("name a revision or a day, not both")
    if on is not None:
        day = datetime.now(zone_of(archive, record)).date() if on == "today" else read_day(on)
        return state_at(archive, record, number_on(archive, record, day))
    if revision is None:
        return record
    if not (revision.isascii() and revision.isdigit() and len(revision) < 10):
        raise UsageError(f"{revision!r} is no revision; {record['id']} has {_revisions(record)}")
    return state_at(archive, record, int(revision))


def state_at(archive: Archive, record: ArticleRecord, number: int) -> ArticleRecord:
    """Return *record* as that revision has it, with ``recorded_at``; what is kept of the latest state only is None."""
    row = archive.row(
        "SELECT * FROM revisions WHERE article_id = :id AND number = :number", {"id": record["id"], "number": number}
    )
    columns: dict[str, Any] = {**record}
    if row is None:
        raise UsageError(f"{record['id']}: there is no revision {number}; it has {_revisions(record)}")
    if number == record["revision"]:
        return cast("ArticleRecord", columns | {"recorded_at": row["recorded_at"]})
    state: dict[str, Any] = {name: row[name] for name in (*KEPT, "recorded_at", "capture_id")}
    state |= {name: json.loads(row[name]) for name in KEPT if name in JSON_COLUMNS}
    capture = archive.row("SELECT * FROM captures WHERE id = :id", {"id": row["capture_id"]})
    state["source"] = capture["source"] if capture is not None and "source" in capture.keys() else None  # noqa: SIM118
    state |= {"revision": number, "words": len(row["text"].split()), "digest": text_digest(row["title"], row["text"])}
    if record["section"] not in state["sections"]:
        state["section"] = next(iter(state["sections"]), None)
    for name in IN_TEXT:
        passage = columns[name]
        state[name] = passage if passage and passage in row["text"] else None
    return cast("ArticleRecord", columns | state | dict.fromkeys(NOT_KEPT))


def number_on(archive: Archive, record: ArticleRecord, day: date) -> int:
    """Return the number of the revision that stood at the end of *day* in the outlet's zone.

    Raises UsageError, which says when the article was first archived, for a day before that.
    """
    zone = zone_of(archive, record)
    end = datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC).isoformat(timespec="seconds")
    number = archive.number(
        "SELECT max(number) FROM revisions WHERE article_id = :id AND recorded_at <= :end",
        {"id": record["id"], "end": end},
    )
    if number is None:
        first = datetime.fromisoformat(record["first_seen_at"]).astimezone(zone)
        raise UsageError(f"{record['id']}: nothing is known of it on {day}; it was first archived on {first:%Y-%m-%d}")
    return number


def read_day(text: str) -> date:
    """Return the day that *text* writes as 2025-07-14; raises UsageError."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day; write one as 2025-07-14") from error
    if not 1900 <= day.year <= 2999:  # far from the calendar's ends, where no zone can be applied
        raise UsageError(f"{text!r} is a day of no newspaper; write one as 2025-07-14")
    return day


def zone_of(archive: Archive, record: ArticleRecord) -> ZoneInfo:
    """Return the zone that an article's outlet lives in."""
    return ZoneInfo(
        archive.text("SELECT timezone FROM outlets WHERE slug = :outlet", {"outlet": record["outlet"]}) or "UTC"
    )


def _revisions(record: ArticleRecord) -> str:
    return "only revision 1" if record["revision"] == 1 else f"revisions 1 to {record['revision']}"
