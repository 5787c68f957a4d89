"""Remove the lines about an article that were read together with its text: headline, byline, date, tags.

In: blocks and what is known of the article. Little is removed unless the headline is among the first blocks: only then
the element that was read is known to hold such lines. At its very beginning, names and a day are such lines anyway if
a word for a byline, an hour or a line of its own tells them from the dateline of a letter and the day of a schedule.

    Ragam | Lombok / Harga cabai naik / Siti Rahma, Senin 14 Juli 2025 / Mataram - Harga ... / cabai, pasar
    ->  Mataram - Harga ...
"""

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile

from kickcrawl.page.blocks import Block, fold
from kickcrawl.vocabulary import WORDS, any_of

_MAX_HEAD_BLOCKS = 8  # among which the headline is searched: section, label, date and byline may stand before it
_MAX_TOPIC_WORDS = 6  # before the headline in its own heading ("Harga Cabai: Pedagang mengeluh")
_LABEL = re.compile(
    rf"(?<!\w){any_of((*WORDS.byline.by, *WORDS.dates.published, *WORDS.dates.updated))}", re.IGNORECASE
)
_MAX_LINE_WORDS = 12  # of a line about the article; a longer one before the headline is text
_MAX_HEAD_LINES = 4  # between headline and text: section, name, day, day of the last change
_DAY = re.compile(r"(?<!\d)\d{1,2}\D{1,14}(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_HOUR = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…:–—-]['\"”’»)]*$")
_TAG_LABELS = frozenset(WORDS.lines.tags)
# Words of a date or a byline, next to names and numbers.
_WORDS = _TAG_LABELS | {*WORDS.lines.head, *WORDS.dates.months, *WORDS.dates.weekdays, *WORDS.dates.zones}


def without_furniture(blocks: Sequence[Block], title: str, names: Iterable[str]) -> list[Block]:
    """Return *blocks* without headline, byline, date and tags; *names* are the article's authors, sections and tags.

    Where the headline *title* is not among the first of them, all but the known names with a day that open them.
    """
    own = list(blocks)
    # The last one, since the breadcrumbs, which end with the headline, may have been read, too.
    wanted = _words(fold(title))
    index = max((n for n, block in enumerate(own[:_MAX_HEAD_BLOCKS]) if _is_headline(block.text, wanted)), default=None)
    known = {word for name in names for word in _words(name)}
    if index is None:
        said = _words(own[0].text) if own else []
        if not all(word in known or word in _WORDS or word.isdecimal() for word in said):  # as most
            return own
        return _without_opening(own, known | _WORDS)
    before = own[:index]
    text = [block for block in before if not _is_line_about(block, known) and block.words > _MAX_LINE_WORDS]
    rest = own[index + 1 :]
    rest = rest[_dated_lines(rest, known | _WORDS) :]
    heads, tails = known | _WORDS, known | _TAG_LABELS
    rest = list(dropwhile(lambda block: _is_line_about(block, heads), rest))
    while rest and _is_line_about(rest[-1], tails, numbers=False):
        rest.pop()
    return [*text, *rest]


def _without_opening(blocks: list[Block], vocabulary: set[str]) -> list[Block]:
    """Return *blocks* without the names and the day that open them, unless more days follow: those of a diary."""
    opening = list(takewhile(lambda block: _is_line_about(block, vocabulary), blocks[:_MAX_HEAD_LINES]))
    if not any(_DAY.search(block.text) for block in opening):  # as most
        return blocks
    if len(opening) == 1 and not (_HOUR.search(opening[0].text) or _LABEL.search(opening[0].text)):
        return blocks  # "Mataram, 14 Juli 2025", "17 Agustus 1945"
    rest = blocks[len(opening) :]
    is_diary = any(_DAY.search(block.text) and _is_line_about(block, vocabulary) for block in rest)
    return blocks if is_diary else rest


def _dated_lines(blocks: Sequence[Block], vocabulary: set[str]) -> int:
    """Return how many of *blocks* end with the line that says when the article appeared: names and days, no sentence.

    Whose names they are is not known everywhere: "Siti Rahma / Kabar Uji, 16/07/2025, 10:05 WITA".
    """
    lines = list(takewhile(lambda block: _is_head_line(block, vocabulary), blocks[:_MAX_HEAD_LINES]))
    return max((n + 1 for n, block in enumerate(lines) if _DAY.search(block.text)), default=0)


def _is_head_line(block: Block, vocabulary: set[str]) -> bool:
    words = re.findall(r"\d+|[^\W\d_]+", block.text)  # tags may stand side by side: "14 Juli 2025Siti Rahma"
    is_short = block.kind in ("p", "h", "li") and len(words) <= _MAX_LINE_WORDS and not _SENTENCE_END.search(block.text)
    return is_short and all(word[0].isupper() or word.isdecimal() or word.lower() in vocabulary for word in words)


def _is_line_about(block: Block, vocabulary: set[str] | frozenset[str], *, numbers: bool = True) -> bool:
    """Tell whether *block* consists of words of *vocabulary*, and of numbers if these count."""
    words = _words(block.text)
    return all(word in vocabulary or (numbers and word.isdecimal()) for word in words)


def _is_headline(text: str, wanted: list[str]) -> bool:
    """Tell whether *text* is the title, whose words are *wanted*, or a topic of a few words and then the title."""
    line = fold(text)
    if not all(map(line.lower().__contains__, wanted)):  # most lines: their words need not be found
        return False
    said = _words(line)
    return said[-len(wanted) :] == wanted and len(said) - len(wanted) <= _MAX_TOPIC_WORDS


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
