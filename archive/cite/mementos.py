"""Mementos (RFC 7089): the revisions of an article as the past of the addresses that it had, for other web archives.

In: an address of an outlet. Out: its revisions with the times at which they were seen, the Link header of RFC 7089, and
the TimeMap. A revision is believed to have stood until the next one was seen.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote, urljoin

from archive.cite.permanent import article_address
from archive.database import Archive
from archive.lookup import ArticleRecord
from archive.tombstones import Tombstone, find_tombstone
from kickcrawl.errors import UsageError
from kickcrawl.urls import canonicalize

LINK_FORMAT = "application/link-format"
MAX_HOPS = 5  # redirects that are followed from an address to an article
_DATE = "%a, %d %b %Y %H:%M:%S GMT"  # RFC 1123, the one form that Accept-Datetime may have
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"  # signs that stay; others would end the address in a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """One revision, and when it was seen for the first time (UTC)."""

    revision: int
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All revisions of the article that stood at *original*, oldest first; there is one at least."""

    original: str
    article_id: str
    mementos: Sequence[Memento]

    def at(self, moment: datetime | None) -> Memento:
        """Return what stood there at *moment*; the first revision before it was known, the last one for None."""
        stood = [memento for memento in self.mementos if moment is None or memento.seen_at <= moment]
        return stood[-1] if stood else self.mementos[0]


def find_past(archive: Archive, address: str) -> Past | Tombstone | None:
    """Return the past of an address that an article ever had, or that led to one, or its tombstone, or None."""
    for spelling in _spellings(address):
        for url in _led_to(archive, spelling):
            if (buried := find_tombstone(archive, url)) is not None:
                return buried
            article = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": url})
            if article is not None:
                return Past(original=address, article_id=article, mementos=_mementos(archive, article))
    return None


def past_of(archive: Archive, record: ArticleRecord) -> Past:
    """Return the past of an article, under the address at which the revision in *record* was seen."""
    seen_at = archive.text(_SEEN_AT, {"capture": record["capture_id"], "id": record["id"]})
    original = seen_at or record["url"]
    return Past(original=original, article_id=record["id"], mementos=_mementos(archive, record["id"]))


def read_moment(text: str) -> datetime:
    """Return the time that an Accept-Datetime header writes; raises UsageError."""
    try:
        return datetime.strptime(text.strip(), _DATE).replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(
            f"Accept-Datetime {text!r} is no time; write one as {to_date(datetime(2025, 7, 14, 1, tzinfo=UTC))}"
        ) from error


def to_date(moment: datetime) -> str:
    """Return *moment* as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def links(past: Past, base: str, shown: Memento | None = None) -> list[str]:
    """Return the values of a Link header: original, TimeGate, TimeMap; and first, last, *shown* and its neighbours.

    *base* is where the site stands.
    """
    return [
        _link(past.original, "original"),
        _link(f"{base}/timegate/{past.original}", "timegate"),
        _timemap(past, base, "timemap"),
        *(_memento(past, base, memento, rels) for memento, rels in _roles(past, shown)),
    ]


def headers_of(past: Past, base: str, shown: Memento | None) -> dict[str, str]:
    """Return the headers of the page that shows *shown* for good, or of an article's own page (None)."""
    told = {"Link": ", ".join(links(past, base, shown))}
    return told | ({"Memento-Datetime": to_date(shown.seen_at)} if shown is not None else {})


def as_link_format(past: Past, base: str) -> str:
    """Return the TimeMap of *past* in application/link-format (RFC 6690)."""
    roles = {memento.revision: rels for memento, rels in _roles(past, None)}
    lines = [
        _link(past.original, "original"),
        _timemap(past, base, "self"),
        _link(f"{base}/timegate/{past.original}", "timegate"),
        *(_memento(past, base, memento, roles.get(memento.revision, ())) for memento in past.mementos),
    ]
    return ",\n".join(lines) + "\n"


def as_json(past: Past, base: str) -> str:
    """Return the TimeMap of *past* in the JSON that aggregators of mementos (MemGator, Time Travel) write."""
    listed = [
        {"datetime": memento.seen_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "uri": _address(past, base, memento)}
        for memento in past.mementos
    ]
    told = {
        "original_uri": past.original,
        "self": f"{base}/timemap/json/{past.original}",
        "timegate_uri": f"{base}/timegate/{past.original}",
        "timemap_uri": {name: f"{base}/timemap/{name}/{past.original}" for name in ("link", "json")},
        "mementos": {"list": listed, "first": listed[0], "last": listed[-1]},
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _mementos(archive: Archive, article_id: str) -> list[Memento]:
    rows = archive.rows(_REVISIONS, {"id": article_id})
    return [Memento(revision=row["number"], seen_at=datetime.fromisoformat(row["recorded_at"])) for row in rows]


def _spellings(address: str) -> list[str]:
    """Return how an address may stand in the archive: as it is, in one form, and with the other scheme."""
    scheme, mark, rest = address.partition("://")
    others = {"http": "https", "https": "http"}
    found = [address, *([f"{others[scheme]}://{rest}"] if mark and scheme in others else [])]
    for spelling in tuple(found):
        try:
            found.append(canonicalize(spelling))
        except ValueError:  # no web address: nothing will be found under it
            continue
    return list(dict.fromkeys(found))


def _led_to(archive: Archive, url: str) -> Iterator[str]:
    """Yield *url* and where it redirected to when it was last fetched, one address after the other."""
    for _ in range(MAX_HOPS):
        yield url
        location = archive.text(_LOCATION, {"url": url})
        if location is None:
            return
        url = urljoin(url, location)


def _roles(past: Past, shown: Memento | None) -> list[tuple[Memento, tuple[str, ...]]]:
    """Return the mementos that a header names, each with what it is."""
    roles: dict[int, list[str]] = {0: ["first"]}
    roles.setdefault(len(past.mementos) - 1, []).append("last")
    if shown is not None:
        here = past.mementos.index(shown)
        roles.setdefault(here, [])
        for index, rel in ((here - 1, "prev"), (here + 1, "next")):
            if 0 <= index < len(past.mementos):
                roles.setdefault(index, []).append(rel)
    return [(past.mementos[index], tuple(rels)) for index, rels in sorted(roles.items())]


def _memento(past: Past, base: str, memento: Memento, rels: Sequence[str]) -> str:
    address = _address(past, base, memento)
    return _link(address, " ".join((*rels, "memento")), datetime=to_date(memento.seen_at))


def _timemap(past: Past, base: str, rel: str) -> str:
    first, last = (to_date(memento.seen_at) for memento in (past.mementos[0], past.mementos[-1]))
    values = {"type": LINK_FORMAT, "from": first, "until": last}
    return _link(f"{base}/timemap/link/{past.original}", rel, **values)


def _address(past: Past, base: str, memento: Memento) -> str:
    return article_address(base, past.article_id, memento.revision)


def _link(address: str, rel: str, **values: str) -> str:
    told = "".join(f'; {name}="{value}"' for name, value in {"rel": rel, **values}.items())
    return f"<{quote(address, safe=_IN_ADDRESS)}>{told}"


_REVISIONS = "SELECT number, recorded_at FROM revisions WHERE article_id = :id ORDER BY number"
_SEEN_AT = """
    SELECT c.url FROM captures c JOIN article_urls u ON u.url = c.url AND u.article_id = :id WHERE c.id = :capture
"""
_LOCATION = """
    SELECT CASE WHEN status BETWEEN 300 AND 399 THEN location END FROM captures WHERE url = :url
    ORDER BY fetched_at DESC, id DESC LIMIT 1
"""
