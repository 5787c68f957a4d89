"""Conditional requests: ask whether a page has changed since its capture, and read that capture again if it has not.

ask()         the header lines of such a request (kickcrawl.validators), and which capture it asks about
read_held()   the answer in that capture, as it came
"""

from collections.abc import Collection
from dataclasses import dataclass

from archive.database import Archive
from archive.replay.kept import get_capture
from archive.warc.files import read_record
from archive.warc.owner import warc_folder
from archive.warc.records import TAKEN_DOWN, TRUNCATED, Headers, Record
from kickcrawl.errors import ArchiveError
from kickcrawl.validators import NOT_MODIFIED, PastAnswer, ValidatorKind, conditions

MAX_ANSWERS = 200  # the newest of an address that are looked through
MAX_RUNS = 20  # the last of an outlet in which validators that lied are sought
_COUNTS = "X-WP-Total"  # of WordPress's lists: how many posts there are may change while the body does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The *headers* that ask whether the body with *digest*, which stands in capture *capture_id*, still holds."""

    headers: dict[str, str]
    capture_id: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAnswer:
    """An answer as it came: *body* content-encoded."""

    status: int
    headers: Headers
    body: bytes


def ask(
    archive: Archive, outlet: str, url: str, candidate: str | None, doubted: Collection[ValidatorKind]
) -> Condition | None:
    """Return the condition under which a run of *outlet* needs the answer of *url*; None if it needs it in any case.

    That is so where a seed has named an edit of *candidate* (the article whose page *url* is) since the last fetch, or
    where the last answer is in doubt. *doubted* is what doubted_kinds() found.
    """
    rows = archive.rows(_PAST, {"outlet": outlet, "url": url, "count": MAX_ANSWERS})
    past = [PastAnswer(**{name: row[name] for name in PastAnswer.__dataclass_fields__}) for row in rows]
    headers = conditions(past, doubted)
    if not headers or archive.value(_IN_QUESTION, {"url": candidate}):
        return None
    digest = next(answer.digest for answer in past if answer.status != NOT_MODIFIED)
    held = archive.number(_HELD, {"digest": digest, "outlet": outlet})
    if held is None or not _can_be_shown(archive, held):
        return None
    return Condition(headers=headers, capture_id=held, digest=digest)


def doubted_kinds(archive: Archive, outlet: str) -> frozenset[ValidatorKind]:
    """Return the kinds of validators of *outlet* that lied in its last runs: they stayed while a body changed."""
    kinds: dict[ValidatorKind, str] = {"etag": "etag", "last-modified": "last_modified"}
    values = {"outlet": outlet, "runs": MAX_RUNS}
    return frozenset(kind for kind, column in kinds.items() if archive.value(_LIES.format(column=column), values))


def read_held(archive: Archive, capture_id: int) -> HeldAnswer:
    """Return the answer in a capture that ask() has named. Raises ArchiveError where it is not there any more."""
    capture = get_capture(archive, capture_id)
    record = read_record(warc_folder(archive.path), capture.location_in_warc)
    return HeldAnswer(status=capture.status, headers=record.headers, body=record.payload)


def _can_be_shown(archive: Archive, capture_id: int) -> bool:
    """Tell whether the record is whole, is what a server sent, and does not tell in its headers what may change."""
    try:
        record = read_record(warc_folder(archive.path), get_capture(archive, capture_id).location_in_warc)
    except ArchiveError:
        return False  # verify names the damage; here the answer is asked for again
    return _is_plain(record) and record.header(_COUNTS) is None


def _is_plain(record: Record) -> bool:
    return record.kind == "response" and TRUNCATED not in record.fields and TAKEN_DOWN not in record.fields


_PAST = """
    SELECT c.status, c.digest, c.fetched_at, c.etag, c.last_modified FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE c.url = :url AND c.source IS NULL AND r.outlet = :outlet ORDER BY c.fetched_at DESC, c.id DESC LIMIT :count
"""
_IN_QUESTION = """
    SELECT 1 FROM frontier WHERE url = :url
    AND (doubt IS NOT NULL OR checked_at IS NULL OR substr(modified_at, 1, 10) >= substr(checked_at, 1, 10))
"""
_HELD = """
    SELECT c.id FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE c.digest = :digest AND c.original_id IS NULL AND c.source IS NULL AND c.length > 0 AND r.outlet = :outlet
    ORDER BY c.id LIMIT 1
"""
_LIES = """
    SELECT 1 FROM captures WHERE run_id IN (SELECT id FROM runs WHERE outlet = :outlet ORDER BY id DESC LIMIT :runs)
    AND {column} IS NOT NULL AND status IN (200, 203)
    GROUP BY url, {column} HAVING count(DISTINCT digest) > 1 LIMIT 1
"""
