"""Find the days that stand near the headline, quickly: whether it is worth asking what each of them is the day of.

In: a parsed page. Out: the days. That takes a tenth of what kickcrawl.claims.seen_days needs, which ranks the days of
the whole page.
"""

from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.claims.page_dates import language_of
from kickcrawl.claims.written_days import Written, find_days, may_hold_day
from kickcrawl.page.elements import SILENT
from kickcrawl.page.parsed import ParsedPage

_MAX_BEFORE_CHARACTERS, _MAX_BEHIND_CHARACTERS = 300, 900  # from the headline
_MAX_PIECES = 160  # of text on each side of it


def days_near_headline(page: ParsedPage) -> list[Written] | None:
    """Return the days near the headline of *page*, whatever they are the days of; None without a headline."""
    if page.headline is None:
        return None
    country = (urlsplit(page.url).hostname or "").rpartition(".")[2]
    language = page.site.language or language_of(page.root)
    before = _text_beside(page.headline, _MAX_BEFORE_CHARACTERS, preceding=True)
    behind = _text_beside(page.headline, _MAX_BEHIND_CHARACTERS)
    texts = (text for text in (behind, before) if may_hold_day(text))
    return [day for text in texts for day in find_days(text, language, country)]


def _text_beside(headline: HtmlElement, most: int, *, preceding: bool = False) -> str:
    """Return the text behind *headline*, or before it, at *most* so many characters; folded."""
    pieces: list[str] = []
    length = 0
    for piece in islice(_pieces(headline, preceding=preceding), _MAX_PIECES):
        pieces.append(piece)
        length += len(piece)
        if length > most:
            break
    text = f"|{' '.join(pieces)}|"  # so that a space at its ends stays one
    return " ".join(text.split())[1:-1][:most]


def _pieces(headline: HtmlElement, *, preceding: bool) -> Iterator[str]:
    for above in chain((headline,), headline.iterancestors()):
        if above.tag == "body":
            return
        if not preceding and above.tail:
            yield above.tail
        for sibling in above.itersiblings("*", preceding=preceding):
            for node in sibling.iter("*"):
                if node.tag not in SILENT and node.text:
                    yield node.text
                if node.tail:
                    yield node.tail
