"""Read captures again: from the rows and records of a fetch back to the page that the extractor was given."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from w3lib.url import safe_url_string

from archive import layouts
from archive.asked import Asked, asked_from_json, page_of
from archive.database import Archive
from archive.replay.kept import KeptCapture, find_capture, get_capture
from archive.warc.files import Location, read_record
from archive.warc.records import ABOUT, TRUNCATED, WITHHELD, Headers, Record
from kickcrawl.answer import SHOWN, is_whole
from kickcrawl.article import PageSource, SiteRules, Visit
from kickcrawl.dates import http_date, to_iso
from kickcrawl.errors import ArchiveError, KickcrawlError
from kickcrawl.page.encodings import decode_body, stream_ends
from kickcrawl.page.further_pages import ArticlePages, collect_pages
from kickcrawl.rights.visited import result_unread, rights_of
from kickcrawl.statement import Statement, read_statement
from kickcrawl.validators import NOT_MODIFIED

MAX_REDIRECTS = 5  # from a further page's address to its page, as in the crawl


class MissingPage(KickcrawlError):
    """A page of an article that was not captured because its run ended first: nothing was stored then."""


def asked_with(archive: Archive, folder: Path, capture: KeptCapture) -> Asked:
    """Return what the crawler knew when it asked for *capture*: the request record follows the response's.

    Raises ArchiveError where that record is damaged or not one for an article.
    """
    request = request_of(archive, folder, capture)
    asked = asked_in(request) if request is not None else None
    if asked is None:
        offset = capture.offset + capture.size
        why = f"the request at byte {offset}, which says what was asked for, is not there; see kickcrawl verify"
        raise ArchiveError(folder / capture.file, why)
    return asked


def request_of(archive: Archive, folder: Path, capture: KeptCapture) -> Record | None:
    """Return the record behind that of *capture*, which is its request's; None if there is none.

    Raises ArchiveError where it is damaged.
    """
    row = archive.row(_BESIDE, {"file": capture.file, "offset": capture.offset + capture.size})
    if row is None:
        return None
    return read_record(folder, Location(row["file"], row["offset"], row["size"], row["digest"]))


def asked_in(record: Record) -> Asked | None:
    """Return what the crawler knew when it asked for an article; None if *record* is no request for one."""
    try:
        told: Any = json.loads(record.fields.get(ABOUT, "{}")) if record.kind == "request" else {}
    except ValueError:
        return None
    return asked_from_json(told) if isinstance(told, dict) else None


def replay(
    archive: Archive,
    folder: Path,
    capture: KeptCapture,
    site: SiteRules,
    *,
    asked: Asked,
    span: tuple[str | None, str | None] = (None, None),
    is_missing: Callable[[str], bool] = lambda _: False,
) -> Visit:
    """Return the visit of the article whose first page is *capture*, as the crawl made it; not read yet.

    It is to be read by the layouts that held on the day of the fetch. *span* is the time that the run asked for;
    *is_missing* tells of the address of a further page whether the crawl went on without it.

    Raises MissingPage where another of its pages was not captured, ArchiveError where a record is damaged.
    """
    first, lines, withheld = _source(archive, folder, capture, may_be_withheld=True)
    result = result_unread(first, withheld)
    find = partial(_further_or_none, archive, folder, capture, is_missing)
    pages = collect_pages(first, find) if result is None else ArticlePages((first,))
    served_at = http_date(next((value for name, value in lines if name.lower() == "date"), ""))
    held = tuple(layouts.trusted(archive, site.slug, capture.fetched_at))
    return Visit(
        page=replace(page_of(asked, pages, site), layouts=held),
        outlet=site.slug,
        run_id=capture.run_id,
        capture_id=capture.id,
        fetched_at=capture.fetched_at,
        checked_at=to_iso(served_at) if served_at else capture.fetched_at,
        is_known=is_known(archive, asked.url),
        standing=asked.standing,
        since=span[0],
        until=span[1],
        result=result,
        source=capture.source,
        rights=rights_of(lines, withheld),
    )


def is_known(archive: Archive, url: str) -> bool:
    """Tell whether an article is archived under *url*."""
    return archive.row("SELECT 1 FROM article_urls WHERE url = :url", {"url": url}) is not None


def _further_or_none(
    archive: Archive, folder: Path, first: KeptCapture, is_missing: Callable[[str], bool], url: str
) -> PageSource | None:
    """Return what _further() does; None where *is_missing* tells that the crawl went on without the page."""
    try:
        return _further(archive, folder, first, url)
    except MissingPage:
        if is_missing(url):
            return None
        raise


def _further(archive: Archive, folder: Path, first: KeptCapture, url: str) -> PageSource:
    """Return the page at *url* as it was fetched in the same run for the article that *first* begins."""
    values = {"run": first.run_id, "after": first.id, "url": safe_url_string(url)}
    for _ in range(MAX_REDIRECTS + 1):
        capture = find_capture(archive, "run_id = :run AND id > :after AND url = :url", values)
        if capture is None:
            break
        if capture.shown_status in SHOWN:
            return _source(archive, folder, capture)[0]
        if not capture.location:
            break
        values |= {"after": capture.id, "url": safe_url_string(urljoin(capture.url, capture.location))}
    raise MissingPage(f"{url} was not captured")


def _source(
    archive: Archive, folder: Path, capture: KeptCapture, *, may_be_withheld: bool = False
) -> tuple[PageSource, Headers, Statement | None]:
    """Return the document in *capture*, its header lines, and for which statement its body is not there.

    A revisit's body is its original's; so are its header lines, where an answer that brings no body names none.
    Raises MissingPage for one that the crawl did not take either: its end did not come, or it was withheld.
    """
    answer = held = read_record(folder, capture.location_in_warc)
    if capture.original_id is not None:
        held = read_record(folder, get_capture(archive, capture.original_id).location_in_warc)
    encoded = held if capture.status == NOT_MODIFIED else answer  # which says nothing of a body that it does not bring
    encoding = encoded.header("Content-Encoding") or ""
    body = decode_body(held.payload, encoding)
    withheld = read_statement(answer.fields.get(WITHHELD, ""))
    if withheld is not None and not may_be_withheld:
        raise MissingPage(f"{capture.url} was not to be archived")
    is_shown = withheld is None and not is_whole(body)
    if is_shown and (TRUNCATED in answer.fields or not stream_ends(held.payload, encoding)):
        raise MissingPage(f"{capture.url} was not captured whole")
    return PageSource(url=capture.url, body=body, content_type=capture.content_type), _lines(answer, encoded), withheld


def _lines(answer: Record, held: Record) -> Headers:
    names = {name.lower() for name, _ in answer.headers}
    return (*answer.headers, *(line for line in held.headers if line[0].lower() not in names))


_BESIDE = "SELECT * FROM records WHERE file = :file AND offset = :offset"
