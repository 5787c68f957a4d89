"""What an outlet's pages, headers and robots.txt say of rights: observed, not judged, and no permission.

Read off the captures: the pages of the outlet's newest articles and its last robots.txt. Asked for are licences
(rel="license"), lines with ©, reservations of text and data mining (TDMRep), what robots are told (robots in meta tags
and X-Robots-Tag), agents that robots.txt shuts out of everything, and its Content-Signal lines.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from archive.database import Archive
from archive.warc.files import Location, read_record
from archive.warc.owner import warc_folder
from archive.warc.records import Record
from kickcrawl.errors import ArchiveError
from kickcrawl.page.encodings import decode_body

PAGES = 10  # of an outlet that are looked at, the newest
MAX_LINE = 160  # characters of a line with ©
_NAMES = ("robots", "tdm-reservation", "tdm-policy", "dc.rights", "dcterms.rights", "dcterms.license", "copyright")
_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What was observed of an outlet: how often each statement stands in *pages* pages, and what robots.txt says."""

    pages: int
    statements: dict[str, int] = field(default_factory=dict)
    robots_at: str | None = None  # when its robots.txt was fetched last
    shut_out: tuple[str, ...] = ()  # agents that it allows nothing
    signals: tuple[str, ...] = ()


def observed_rights(archive: Archive, outlet: str) -> Rights:
    """Return what the captures of *outlet* say of rights; where its WARC files are not there, of no page."""
    statements: Counter[str] = Counter()
    pages = 0
    for record in _records(archive, _PAGES, {"outlet": outlet, "count": PAGES}):
        pages += 1
        statements.update(set(page_statements(record.payload, record.headers)))
    robots = archive.row(_ROBOTS, {"outlet": outlet, "count": 1})
    text = next((record.payload for record in _records(archive, _ROBOTS, {"outlet": outlet, "count": 1})), b"")
    shut_out, signals = read_robots_rights(text.decode(errors="replace"))
    return Rights(
        pages=pages,
        statements=dict(statements.most_common()),
        robots_at=robots["fetched_at"] if robots is not None else None,
        shut_out=shut_out,
        signals=signals,
    )


def page_statements(body: bytes, headers: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield what a page, as received with its *headers*, says of rights, each as "where: what"."""
    lines = {name.lower(): value for name, value in headers}
    yield from (f"header {name}: {lines[name]}" for name in _HEADERS if name in lines)
    try:
        root: Any = html.fromstring(decode_body(body, lines.get("content-encoding")))
    except (LxmlError, ValueError):
        return
    for link in root.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' license ')]/@href"):
        yield f"licence: {link}"
    for tag in root.xpath("//meta[@name and @content]"):
        if (name := tag.get("name").lower()) in _NAMES:
            yield f"meta {name}: {tag.get('content')[:MAX_LINE]}"
    lines_with_sign = root.xpath("//body//text()[contains(., '©')][not(ancestor::figure or ancestor::script)]")
    if lines_with_sign:
        yield f"line: {' '.join(lines_with_sign[-1].getparent().text_content().split())[:MAX_LINE]}"


def read_robots_rights(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the agents that a robots.txt allows nothing, and its Content-Signal lines.

    >>> read_robots_rights("User-agent: GPTBot\\nDisallow: /\\n\\nUser-agent: *\\nDisallow: /wp-admin/")
    (('GPTBot',), ())
    """
    shut_out: list[str] = []
    signals: list[str] = []
    group: list[str] = []
    in_rules = False
    for key, value in _LINE.findall(text):
        match key.lower():
            case "user-agent":
                group = [value] if in_rules else [*group, value]
                in_rules = False
            case "content-signal":
                signals.append(value)
            case "allow" | "disallow":
                in_rules = True
                if key.lower() == "disallow" and value == "/":
                    shut_out += group
            case _:
                pass
    return tuple(dict.fromkeys(shut_out)), tuple(dict.fromkeys(signals))


def _records(archive: Archive, sql: str, values: dict[str, object]) -> Iterator[Record]:
    for row in archive.rows(sql, values):
        try:
            yield read_record(
                warc_folder(archive.path), Location(row["file"], row["offset"], row["size"], row["record_digest"])
            )
        except ArchiveError:
            continue  # a copy without its WARC files; `kickcrawl verify` names what is missing


_LINE = re.compile(r"^[ \t]*([\w-]+)[ \t]*:[ \t]*([^#\r\n]*?)[ \t]*(?:#.*)?$", re.MULTILINE)
_PAGES = """
    SELECT o.* FROM articles a JOIN captures c ON c.id = a.capture_id
    JOIN captures o ON o.id = coalesce(c.original_id, c.id)
    WHERE a.outlet = :outlet ORDER BY a.published_at DESC LIMIT :count
"""
_ROBOTS = """
    SELECT c.* FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE r.outlet = :outlet AND c.status = 200 AND c.original_id IS NULL AND c.url LIKE '%/robots.txt'
    ORDER BY c.id DESC LIMIT :count
"""
