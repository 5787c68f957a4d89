"""Take off what stands round a story where its body could not be told from its head and foot: byline, date, tags.

In: blocks and what is known of the article. Only where the headline itself is among the first blocks: then the element
that was read holds the page's own lines about the story, too.

    Ragam | Lombok / Harga cabai naik / Siti Rahma, Senin 14 Juli 2025 / Mataram - Harga ... / cabai, pasar
    ->  Mataram - Harga ...
"""

import re
from collections.abc import Iterable, Sequence

from kickcrawl.page.blocks import Block, fold
from kickcrawl.vocabulary import WORDS

_HEAD = 8  # blocks among which the headline is looked for: section, label, date and byline may stand before it
_TOPIC = 6  # words that may stand before the headline in its own heading ("Harga Cabai: Pedagang mengeluh")
_TAG_LABELS = frozenset(WORDS.lines.tags)
# Words of a date or a byline, next to names and numbers.
_WORDS = _TAG_LABELS | {*WORDS.lines.head, *WORDS.dates.months, *WORDS.dates.weekdays, *WORDS.dates.zones}


def without_furniture(blocks: Sequence[Block], title: str, names: Iterable[str]) -> list[Block]:
    """Return *blocks* without headline, byline, date and tags; *names* are the article's authors, sections and tags."""
    own = list(blocks)
    # More than once where the path of sections, which ends with the headline, was read, too.
    place = max((n for n, block in enumerate(own[:_HEAD]) if _is_headline(block.text, title)), default=None)
    if place is None:
        return own
    known = {word for name in names for word in _words(name)}
    before = own[:place]
    story = [block for block in before if not _is_line_about(block, known) and block.words > 12]
    rest = own[place + 1 :]
    while rest and _is_line_about(rest[0], known | _WORDS):
        rest = rest[1:]
    while rest and _is_line_about(rest[-1], known | _TAG_LABELS, numbers=False):
        rest = rest[:-1]
    return [*story, *rest]


def _is_line_about(block: Block, vocabulary: set[str] | frozenset[str], *, numbers: bool = True) -> bool:
    words = _words(block.text)
    return all(word in vocabulary or (numbers and word.isdecimal()) for word in words)


def _is_headline(text: str, title: str) -> bool:
    """Tell whether *text* is the title, or a topic of few words and then the title."""
    said, wanted = _words(fold(text)), _words(fold(title))
    return said[-len(wanted) :] == wanted and len(said) - len(wanted) <= _TOPIC


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
