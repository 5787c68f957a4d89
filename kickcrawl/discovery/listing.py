"""Pages that list stories (front page, sections), read from their HTML: links to stories, and the next page.

In: one page. Out: a Listing, its candidates in reading order, with the times that it states. Which links may be
articles is the outlet's rules' to say; here only the link with the longest text for each address is kept, which is the
headline.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import XPath
from lxml.html import HtmlElement

from kickcrawl.article import Candidate, PageSource
from kickcrawl.discovery.calendar_pages import calendar_pages
from kickcrawl.discovery.next_page import address_in, base_of, next_page
from kickcrawl.discovery.scripted_next import scripted_next
from kickcrawl.discovery.stated_times import stated_times
from kickcrawl.errors import SeedError
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.html import parse_html

MAX_LINKS = 5_000
_POST, _TITLE = frozenset(("hentry", "type-post")), frozenset(("wp-block-post-title", "entry-title", "post-title"))
# JSON-LD is data, not a script. A form sends to another page, a search, and brings nothing to this one.
_GROWS = XPath("boolean(//script[not(contains(@type, 'json'))] | //button | //iframe | //*[@onclick])")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: the stories that it links to, and the address of the page behind it, if any.

    *may_grow*: something on it could bring more, a script or a button. A list that never had a next page covers nothing
    then. *is_scripted*: no link leads to the next page; a script or a form would. *calendar* are the lists of the
    months or years before that it links to, the latest first.
    """

    candidates: list[Candidate]
    next_url: str | None
    may_grow: bool
    is_scripted: bool = False
    calendar: tuple[str, ...] = ()


def read_listing(source: PageSource, is_article: Callable[[str], bool], most: int = MAX_LINKS) -> Listing:
    """Return what a list page names, *most* stories at most. Raises SeedError where it is no HTML."""
    url, root = source.url, parse_html(source)
    if root is None:
        raise SeedError("the list page is no HTML")
    base, titles = base_of(root, url), dict[str, str]()
    posts: set[str] = set()
    for anchor in root.iter("a"):
        if len(titles) == most:
            break
        address = address_in(anchor, base)
        if address is None:
            continue
        if _heads_a_post(anchor):
            posts.add(address)
        elif not is_article(address):
            continue
        text = fold(text_of(anchor))
        titles[address] = max(titles.get(address, ""), text, key=len)
    times = stated_times(root, base, titles)
    found = [
        Candidate(
            url=address,
            seed="listing",
            title=title or None,
            is_post=True if address in posts else None,
            claims=times.get(address, ()),
        )
        for address, title in titles.items()
    ]
    linked = next_page(root, url, base, is_article)
    return Listing(
        found,
        linked or scripted_next(root, url, base),
        may_grow=bool(_GROWS(root)),
        is_scripted=linked is None,
        calendar=calendar_pages(root, base, titles),
    )


def _heads_a_post(anchor: HtmlElement) -> bool:
    """Tell whether *anchor* is the headline of what WordPress calls a post (post_class()), whatever its address."""
    classes = [set((above.get("class") or "").split()) for above in anchor.iterancestors()]
    is_title = any(not _TITLE.isdisjoint(names) for names in classes[:2])
    return is_title and any(names >= _POST for names in classes)
