"""Read captures again: from the rows and records of a fetch back to the story that the extractor was given."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from w3lib.url import safe_url_string

from archive import layouts
from archive.claims import claims_from_json
from archive.database import Archive
from archive.warc.files import Place, read_record
from archive.warc.records import ABOUT, Record
from kickcrawl.article import Page, PageSource, Rejection, SiteRules, Visit
from kickcrawl.dates import http_date, to_iso
from kickcrawl.errors import ArchiveError, KickcrawlError
from kickcrawl.page.encodings import decode_body
from kickcrawl.page.further_pages import collect_pages
from kickcrawl.page.html import looks_like_html

REDIRECTS = 5


class MissingPage(KickcrawlError):
    """A page of a story that was never captured: half a story is none."""


def asked_with(archive: Archive, folder: Path, capture: Any) -> dict[str, Any]:
    """Return what the crawler knew when it asked for *capture* (a row): the request record follows the response's.

    Raises ArchiveError where that record is damaged or not a story's.
    """
    offset = capture["offset"] + capture["size"]
    row = archive.row(_BESIDE, {"file": capture["file"], "offset": offset})
    about = None
    if row is not None:
        about = about_story(read_record(folder, Place(row["file"], row["offset"], row["size"], row["digest"])))
    if about is None:
        why = f"the request at byte {offset}, which says what was asked for, is not there; see kickcrawl verify"
        raise ArchiveError(folder / capture["file"], why)
    return about


def about_story(record: Record) -> dict[str, Any] | None:
    """Return what the crawler knew when it asked for a story; None if *record* is no request for one."""
    about = read_about(record)
    return about if about.keys() >= {"story", "native_id", "title", "claims"} else None


def read_about(record: Record) -> dict[str, Any]:
    """Return what the crawler said of a request when it made it; {} if nothing."""
    try:
        told = json.loads(record.fields.get(ABOUT, "{}")) if record.kind == "request" else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def replay(
    archive: Archive,
    folder: Path,
    capture: Any,
    site: SiteRules,
    *,
    about: dict[str, Any],
    span: tuple[str | None, str | None] = (None, None),
) -> Visit:
    """Return the visit of the story whose first page is *capture* (a row), as the crawl made it; not read yet.

    It is to be read by the layouts that held on the day of the fetch.

    Raises MissingPage where one of its pages was not captured, ArchiveError where a record is damaged.
    """
    first, served = _source(archive, folder, capture)
    is_html = looks_like_html(first)
    sources = collect_pages(first, lambda url: _further(archive, folder, capture, url)) if is_html else (first,)
    served_at = http_date(served or "")
    known = archive.row("SELECT 1 FROM article_urls WHERE url = :url", {"url": about["story"]})
    return Visit(
        page=Page(
            requested_url=about["story"],
            sources=sources,
            site=site,
            claims=claims_from_json(about["claims"]),
            native_id=about["native_id"],
            title=about["title"],
            layouts=tuple(layouts.trusted(archive, site.slug, capture["fetched_at"])),
        ),
        outlet=site.slug,
        run_id=capture["run_id"],
        capture_id=capture["id"],
        fetched_at=capture["fetched_at"],
        checked_at=to_iso(served_at) if served_at else capture["fetched_at"],
        is_known=known is not None,
        since=span[0],
        until=span[1],
        result=None if is_html else Rejection(reason="not-html", detail=capture["content_type"] or ""),
    )


def _further(archive: Archive, folder: Path, first: Any, url: str) -> PageSource:
    """Return the page at *url* as it was fetched in the same run for the story that *first* begins."""
    values = {"run": first["run_id"], "after": first["id"], "url": safe_url_string(url)}
    for _ in range(REDIRECTS + 1):
        row = archive.row(_NEXT, values)
        if row is None:
            break
        if row["status"] == 200:
            return _source(archive, folder, row)[0]
        if not row["location"]:
            break
        values |= {"after": row["id"], "url": safe_url_string(urljoin(row["url"], row["location"]))}
    raise MissingPage(f"{url} was not captured")


def _source(archive: Archive, folder: Path, capture: Any) -> tuple[PageSource, str | None]:
    """Return the document in *capture*, and the time that the server named; a revisit's body is its original's."""
    answer = held = read_record(folder, place_of(capture))
    if capture["original_id"] is not None:
        original = archive.row("SELECT * FROM captures WHERE id = :id", {"id": capture["original_id"]})
        held = read_record(folder, place_of(original))
    body = decode_body(held.payload, answer.header("Content-Encoding"))
    return PageSource(url=capture["url"], body=body, content_type=capture["content_type"]), answer.header("Date")


def place_of(capture: Any) -> Place:
    """Return where the record of *capture* (a row) stands."""
    return Place(capture["file"], capture["offset"], capture["size"], capture["record_digest"])


_NEXT = "SELECT * FROM captures WHERE run_id = :run AND id > :after AND url = :url ORDER BY id LIMIT 1"
_BESIDE = "SELECT * FROM records WHERE file = :file AND offset = :offset"
