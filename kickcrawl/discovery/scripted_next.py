"""The page behind a page of a list where no link leads to it: the address that a button, a form or an option holds.

In: the tree of one page, its address. Out: the address that is this list's own with a number that goes on; None if
there is none. What answers there may be made for a script alone: the caller must not take the list for whole then.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from kickcrawl.discovery.list_steps import PAGE_NUMBER, folder, steps
from kickcrawl.discovery.next_page import address_at
from kickcrawl.urls import tidy

MAX_LOOKED_AT = 5_000  # elements of a page
_HOLDERS = XPath("//option[@value] | //*[@onclick] | //*[@*[starts-with(name(), 'data-')]] | //form")
_SENDS_TO = re.compile(r"location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']|location\.(?:assign|replace)\(\s*[\"']([^\"']+)")
_IS_ADDRESS = re.compile(r"(?:https?://|[/?.])\S*\d\S*|[\w-]+(?:/|\.\w{3,4}\?)\S*\d\S*")
# It numbers pages, or says where one begins: no number of a category.
_COUNTS = re.compile(rf"{PAGE_NUMBER.pattern}|[?&](?:limit)?(?:start|offset|mulai|from|skip|awal)=\d+", re.IGNORECASE)
_UNASKED = ("hidden", "submit", "button", "image", "reset")  # fields of a form that asks for nothing


def scripted_next(root: HtmlElement, url: str, base: str) -> str | None:
    """Return the address of the page behind the one at *url* that something other than a link names."""
    here, nearest = tidy(url), list[tuple[int, str]]()
    uncounted = _uncounted(here)
    holders: list[HtmlElement] = _HOLDERS(root)  # type: ignore[assignment]
    for node in holders[:MAX_LOOKED_AT]:
        for written in _addresses(node):
            address = address_at(written, base)
            if address is None or _COUNTS.search(address) is None or _uncounted(address) != uncounted:
                continue
            if (number := steps(here, address)) is not None and number >= 1:
                nearest.append((number, address))
    return min(nearest)[1] if nearest else None


def _uncounted(address: str) -> tuple[str, frozenset[str]]:
    """Return path and parameters of *address* without what counts pages: what else it says, another list's number or an
    order ("?hapus&page=2"), must be said by this list's own address, too."""
    parts = urlsplit(_COUNTS.sub(lambda match: match[0][0], address))
    return folder(parts.path), frozenset(filter(None, parts.query.split("&")))


def _addresses(node: HtmlElement) -> Iterator[str]:
    if node.tag == "form":
        yield from _of_form(node)
        return
    held = [str(value) for name, value in node.attrib.items() if name.startswith("data-")]
    if node.tag == "option":
        held.append(node.get("value") or "")
    yield from (value.strip() for value in held if _IS_ADDRESS.fullmatch(value.strip()))
    for match in _SENDS_TO.finditer(node.get("onclick") or ""):
        yield match[1] or match[2]


def _of_form(form: HtmlElement) -> Iterator[str]:
    """Yield where a form leads that only has a button: it asks for nothing and sends what it knows in its address."""
    fields = list(form.iter("input", "select", "textarea"))
    asks = any(field.tag != "input" or (field.get("type") or "").lower() not in _UNASKED for field in fields)
    known = [(field.get("name") or "", field.get("value") or "") for field in fields if field.get("type") == "hidden"]
    if (form.get("method") or "get").lower() == "get" and known and not asks:
        yield f"{(form.get('action') or '').partition('?')[0]}?{urlencode(known)}"
