"""Read when articles were published from a page that lists them, where it says so for machines.

In: the page's tree and the addresses of its articles. Out: claims for each address. A time is an article's if it is
itself a link to it, or if it stands in an item of the list (li, article) that leads to no other article.

    <a href="/harga-cabai"><time datetime="2026-09-03T06:02:31+08:00">3 September 2026</time></a>
"""

from collections import defaultdict
from collections.abc import Collection

from lxml.html import HtmlElement

from kickcrawl.article import Claim, Moment
from kickcrawl.dates import parse_machine_time
from kickcrawl.discovery.next_page import address_in

_ITEMS = ("li", "article")
_MAX_TIMES = 2_000  # of a page that are read
_CHANGED = ("updated", "modified", "dateModified")  # ends of the classes and properties of a time of a change


def stated_times(root: HtmlElement, url: str, articles: Collection[str]) -> dict[str, tuple[Claim, ...]]:
    """Return what the list at *url* claims of *articles*; nothing of one for which it states two times."""
    found: dict[str, set[Moment]] = defaultdict(set)
    for number, node in enumerate(root.iter("time")):
        if number == _MAX_TIMES:
            break
        moment = parse_machine_time(node.get("datetime") or "", "UTC")
        is_exact = moment is not None and "T" in (node.get("datetime") or "") and _has_offset(node)
        if moment is None or not is_exact or _is_of_change(node):
            continue
        if address := _article_of(node, url, articles):
            found[address].add(moment)
    return {
        address: (Claim(field="published_at", value=next(iter(times)), source="listing"),)
        for address, times in found.items()
        if len(times) == 1
    }


def _is_of_change(node: HtmlElement) -> bool:
    names = f"{node.get('class')} {node.get('itemprop')}".split()
    return any(name.endswith(_CHANGED) for name in names)


def _has_offset(node: HtmlElement) -> bool:
    """Tell whether a time is written with its offset; Z is what themes write wherever the newsroom is."""
    _, _, clock = (node.get("datetime") or "").partition("T")
    return "+" in clock or "-" in clock


def _article_of(node: HtmlElement, url: str, articles: Collection[str]) -> str | None:
    for holder in node.iterancestors("a", *_ITEMS):
        links = [holder] if holder.tag == "a" else holder.iter("a")
        led = {address for link in links if (address := address_in(link, url)) in articles}
        if led:
            return led.pop() if len(led) == 1 else None
    return None
