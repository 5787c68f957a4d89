"""Take other articles' excerpts out of the text: lists of posts that a newsroom puts into an article.

In: a parsed page. What remains of each entry is the link that is its headline, which the house rules note as related.
That it is an entry of a list, and not the article's own section on something that it links to, must be said twice: by a
link that only says "more", by an excerpt that breaks off, or by the class that content systems give to a post. Entries
of one kind beside each other say nothing: so do the chapters of a guide look, and the products of a test.
"""

import re

from lxml.html import HtmlElement
from lxml.html.builder import E

from kickcrawl.page.blocks import fold, read_blocks, text_of
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_POST_CLASSES = frozenset(("hentry", "wp-block-post", "type-post"))
_MORE = re.compile(rf"(?:\w+ ){{0,2}}{any_of(WORDS.links.more)}\W*", re.IGNORECASE)  # "Baca selengkapnya »"
_MIN_EXCERPT_CHARACTERS = 40  # besides the links: less is a date or a name, which the house rules know


def reduce_entries(page: ParsedPage, cuts: Cuts) -> None:
    """Leave of each entry in *page*'s scope that leads to another article nothing but the headline; note the rest."""
    for entry in page.entries:
        links = [entry] if entry.tag == "a" else [link for link in entry.iter("a") if link.get("href")]
        if entry.tag == "a" or page.scope not in entry.iterancestors() or not _is_listed(entry, links):
            continue
        headline = max(links, key=lambda link: len(fold(text_of(link))))
        title, address = fold(text_of(headline)), headline.get("href")
        cuts.note(read_blocks(entry), "entry")
        for child in list(entry):
            entry.remove(child)
        entry.text = None
        entry.append(E.p(E.a(title, href=address)))


def _is_listed(entry: HtmlElement, links: list[HtmlElement]) -> bool:
    beside = len(fold(text_of(entry))) - sum(len(fold(text_of(link))) for link in links)
    if beside < _MIN_EXCERPT_CHARACTERS:
        return False
    if not _POST_CLASSES.isdisjoint((entry.get("class") or "").split()):
        return True
    if any(_MORE.fullmatch(fold(text_of(link))) for link in links):
        return True
    return any(_BREAKS_OFF.search(fold(text_of(node))) for node in (entry, *entry.iter("p", "div")))
