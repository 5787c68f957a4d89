"""The ledger of rights as observed: what each page, and each file of a site, said of rights, from when to when.

note()           note what one page or file said when it was read
note_article()   the same for the page of a visit; archive/replay/site_files.py does it for the files of a site

A statement holds from the fetch that first had it (``capture_id``) until a later reading lacks it (``ended_at``); one
that comes back is a new row. A rebuild reads the same answers in the same order and so writes the same ledger.
"""

from collections.abc import Sequence
from typing import Literal

from archive.database import Archive
from kickcrawl.article import Article, Visit
from kickcrawl.statement import Statement

Scope = Literal["site", "article"]


def note(
    archive: Archive,
    outlet: str,
    scope: Scope,
    subject: str,
    statements: Sequence[Statement],
    capture_id: int,
    at: str,
    *,
    is_all: bool = True,
) -> None:
    """Note in one transaction that *subject*, read at the time *at* (ISO, UTC), makes these *statements*.

    They are all that it makes, so that others have ended, unless *is_all* is False. *subject* is an article's id, or
    the address of what is none.
    """
    values: dict[str, object] = {"outlet": outlet, "scope": scope, "subject": subject, "capture_id": capture_id}
    with archive.transaction():
        held = {
            Statement(source=row["source"], kind=row["kind"], value=row["value"], whom=row["whom"]): row["id"]
            for row in archive.rows(_OPEN, values)
        }
        for one in statements:
            if one in held:
                archive.write(_SEEN, {"id": held[one], "at": at})
            else:
                said = {"source": one.source, "kind": one.kind, "value": one.value, "whom": one.whom}
                archive.write(_INSERT, values | said | {"at": at})
        for one in held.keys() - set(statements) if is_all else ():
            archive.write("UPDATE rights SET ended_at = :at WHERE id = :id", {"id": held[one], "at": at})


def note_article(archive: Archive, visit: Visit) -> None:
    """Note what the page of *visit* said of rights, under its article's id once there is one, else its address."""
    url, result = visit.page.requested_url, visit.result
    said = (*visit.rights, *(result.rights if isinstance(result, Article) else ()))
    known = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": url})
    asked = (visit.capture_id, visit.fetched_at)
    is_read = isinstance(result, Article)  # of a page that was withheld, no more is known than why
    note(archive, visit.outlet, "article", known or url, tuple(dict.fromkeys(said)), *asked, is_all=is_read)
    if known is not None:
        note(archive, visit.outlet, "article", url, (), *asked)  # of the time before it was archived


def note_captured(
    archive: Archive, outlet: str, article_id: str, statements: Sequence[Statement], capture: int
) -> None:
    """Note the *statements* of an article's page that was captured before there was a ledger; none if it has any."""
    if statements and archive.row(_ANY, {"id": article_id}) is None:
        at = archive.text("SELECT fetched_at FROM captures WHERE id = :id", {"id": capture})
        assert at is not None, "a foreign key holds it"
        note(archive, outlet, "article", article_id, statements, capture, at)


def rights_of_address(archive: Archive, url: str) -> list[Statement]:
    """Return what the page at *url* says of rights now, as it was read last; nothing in an archive without a ledger."""
    if not has_ledger(archive):
        return []
    rows = archive.rows(_OF_ADDRESS, {"url": url})
    return [Statement(source=row["source"], kind=row["kind"], value=row["value"], whom=row["whom"]) for row in rows]


def has_ledger(archive: Archive) -> bool:
    """Tell whether the archive has the table: one of an older version that is only read has none."""
    return archive.row("SELECT 1 FROM sqlite_master WHERE name = 'rights'") is not None


def fetched_at(archive: Archive, url: str) -> str | None:
    """Return when *url* was last answered (ISO, UTC); None if it never was."""
    return archive.text("SELECT max(fetched_at) FROM captures WHERE url = :url", {"url": url})


_OPEN = "SELECT * FROM rights WHERE subject = :subject AND outlet = :outlet AND ended_at IS NULL"
# What is stated now is found by its index; only where that is nothing the whole table is looked through.
_ANY = """
    SELECT 1 FROM rights WHERE subject = :id AND ended_at IS NULL
    UNION ALL SELECT 1 FROM rights WHERE subject = :id LIMIT 1
"""
_OF_ADDRESS = """
    SELECT * FROM rights WHERE ended_at IS NULL
    AND subject IN (:url, (SELECT article_id FROM article_urls WHERE url = :url)) ORDER BY id
"""
_SEEN = "UPDATE rights SET last_seen_at = max(last_seen_at, :at) WHERE id = :id"
_INSERT = """
    INSERT INTO rights (outlet, scope, subject, source, kind, whom, value, first_seen_at, last_seen_at, capture_id)
    VALUES (:outlet, :scope, :subject, :source, :kind, :whom, :value, :at, :at, :capture_id)
"""
