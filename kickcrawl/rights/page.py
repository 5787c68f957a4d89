"""What a page and the header lines of its answer say of rights. Pure; the page's part runs in a worker.

Read are: robots' rules, TDM reservations (TDM Reservation Protocol, final report of its W3C community group), licences
(rel=license, microdata, meta tags), what the article's JSON-LD says of them, and the page's last line with a ©.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from kickcrawl.page.blocks import text_of
from kickcrawl.page.head_tags import Meta
from kickcrawl.page.jsonld import names_of, string_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.rights.robots_rules import header_rules, meta_rules
from kickcrawl.statement import StatedIn, Statement, state

MAX_STATEMENTS = 40  # of a page
_MAX_AROUND = 300  # characters of an element that is the line of rights, and not a part of the page
TDM = ("tdm-reservation", "tdm-policy")  # names of header lines and of meta tags
_META = {
    "dc.rights": "rights", "dcterms.rights": "rights", "copyright": "rights", "license": "licence",
    "dcterms.license": "licence", "dc.rights.license": "licence", "dcterms.rightsholder": "copyright-holder",
}  # fmt: skip
# Properties of schema.org's CreativeWork. The first three may be an address, or a thing with one.
_JSON_LD = {
    "license": "licence", "usageInfo": "usage-info", "acquireLicensePage": "usage-info",
    "conditionsOfAccess": "conditions-of-access", "copyrightNotice": "rights",
}  # fmt: skip


def header_statements(lines: Iterable[tuple[str, str]]) -> tuple[Statement, ...]:
    """Return what the header *lines* of an answer (name, value) say of rights, each statement once."""
    return _distinct(found for name, value in lines for found in _header(name.lower(), value))


def page_statements(page: ParsedPage) -> tuple[Statement, ...]:
    """Return what *page* says of rights, each statement once, the first MAX_STATEMENTS."""
    in_json_ld = _in_json_ld([page.node, *_whole_page(page)])
    return _distinct((*meta_statements(page.head.metas), *_linked(page), *in_json_ld, *_signed(page)))


def meta_statements(metas: Iterable[Meta]) -> Iterator[Statement]:
    """Yield what *metas* say of rights."""
    for meta in metas:
        name = meta.name.strip().lower()
        if not name:  # as of OpenGraph's, which are half of them
            continue
        yield from meta_rules(name, meta.content)
        if name in TDM:
            yield from _tdm("meta", name, meta.content)
        elif name in _META:
            yield from state("meta", _META[name], meta.content)


def _header(name: str, value: str) -> Iterable[Statement]:
    if name == "x-robots-tag":
        return header_rules(value)
    return _tdm("header", name, value) if name in TDM else ()


def _tdm(source: StatedIn, kind: str, value: str) -> Iterable[Statement]:
    """Yield a reservation that is 0 or 1, the only values that the protocol knows, or the address of a policy."""
    return () if kind == "tdm-reservation" and value.strip() not in ("0", "1") else state(source, kind, value)


def _linked(page: ParsedPage) -> Iterator[Statement]:
    for link in page.root.iter("a", "link"):  # an XPath for this took 1.5 ms a page
        relations, properties = link.get("rel"), link.get("itemprop")  # most have neither
        if (relations or properties) and "license" in f"{relations or ''} {properties or ''}".lower().split():
            yield from state("link", "licence", _absolute(page.url, link.get("href") or ""))


def _whole_page(page: ParsedPage) -> Iterator[dict[str, Any]]:
    """Yield the nodes that speak of the whole page. A picture's licence is not the article's."""
    yield from (node for node in page.json_ld if node.get("@type") == "WebPage")


def _in_json_ld(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Statement]:
    for node in nodes:
        for name, kind in _JSON_LD.items():
            yield from state("json-ld", kind, _named(node.get(name)))
        for holder in names_of(node.get("copyrightHolder")):
            yield from state("json-ld", "copyright-holder", holder)
        free = node.get("isAccessibleForFree")
        if isinstance(free, bool | str) and (told := str(free).rpartition("/")[2].lower()) in ("true", "false"):
            yield from state("json-ld", "accessible-for-free", told)


def _named(value: Any) -> str | None:
    """Return the text of *value*, or the address or name of the thing that it is."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        return next((text for key in ("url", "@id", "name") if (text := string_of(value.get(key)))), None)
    return string_of(value)


def _signed(page: ParsedPage) -> Iterator[Statement]:
    line = next((line for line in page.rights_lines if line.is_shown), None)
    if line is not None:
        around = text_of(line.holder)
        yield from state("text", "rights", around if len(around) <= _MAX_AROUND else line.text)


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _distinct(found: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(islice(dict.fromkeys(found), MAX_STATEMENTS))
