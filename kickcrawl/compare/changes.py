"""Say what an edit changed: title, lead, figures, names, quotes, labels, formatting only; with or without a notice.

    compare(before, after).describe()   ->   "title, numbers (12 -> 14), silent edit"

Pure. A *silent edit* changes words of the title or the text, or their order, and no correction notice appears with it.
What other capitals, punctuation, spaces or breaks between paragraphs change is formatting. Notices themselves are not
compared: the figures in "Ralat: semula tertulis 12 orang" are no change of the text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

from kickcrawl.compare.figures import read_words
from kickcrawl.compare.notices import read_notices, without_label
from kickcrawl.compare.swaps import Swap, figure_swaps, name_swaps, quote_swaps

Kind = Literal[
    "title", "lead", "body", "order of paragraphs", "numbers", "names", "quotes", "authors", "sections", "tags",
    "captions", "formatting", "correction notice", "notice taken away",
]  # fmt: skip
MAX_SHOWN_SWAPS = 3  # of a kind that a description names
# A paragraph behind a label is an earlier one that got the label if it is at least so alike; else it is a notice.
MIN_ALIKE_RATIO = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a revision holds; paragraphs of *text* are parted by an empty line."""

    title: str
    text: str
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two revisions: in which respects, what became what, and the notices that appeared."""

    kinds: tuple[Kind, ...]
    is_silent: bool
    numbers: tuple[Swap, ...] = ()
    names: tuple[Swap, ...] = ()
    quotes: tuple[Swap, ...] = ()
    notices: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return a line in plain English."""
        if self.kinds in ((), ("formatting",)):
            return "formatting only" if self.kinds else "nothing"
        details: Mapping[Kind, tuple[Swap, ...]] = {"numbers": self.numbers, "names": self.names}
        said = [f"{kind} ({_in_short(details[kind])})" if kind in details else kind for kind in self.kinds]
        return ", ".join([*said, "silent edit"] if self.is_silent else said)


def compare(before: Content, after: Content) -> Changes:
    """Return what changed from *before* to *after*."""
    old, new = _RevisionWords(before, after), _RevisionWords(after, before)
    notices, taken_away = _new_notices(before, after), _new_notices(after, before)
    parts = _changed_parts(old, new)
    reworded = bool(parts)
    numbers = tuple(
        dict.fromkeys(figure_swaps([old.title], [new.title]) + figure_swaps(old.paragraphs, new.paragraphs))
    )
    names = name_swaps(old.shown, new.shown) if reworded else ()
    quotes = quote_swaps(old.all_shown, new.all_shown) if reworded else ()
    restyled = (before.title, before.text) != (after.title, after.text)
    happened: dict[Kind, object] = {
        "numbers": numbers,
        "names": names,
        "quotes": quotes,
        "authors": _differ(before.authors, after.authors),
        "sections": _differ(before.sections, after.sections),
        "tags": _differ(before.tags, after.tags),
        "captions": _differ(before.captions, after.captions),
        "formatting": restyled and not (reworded or notices or taken_away),
        "correction notice": notices,
        "notice taken away": taken_away,
    }
    return Changes(
        kinds=(*parts, *(kind for kind, what in happened.items() if what)),
        is_silent=(reworded or bool(taken_away)) and not notices,
        numbers=numbers,
        names=names,
        quotes=quotes,
        notices=notices,
    )


class _RevisionWords:
    """The words of a revision without its notices, the title apart; *other* is the revision it is compared with."""

    def __init__(self, content: Content, other: Content) -> None:
        behind = without_label(content.title)
        title = content.title if behind is None else behind
        only_there = [*(Counter(_paragraphs(other.text)) - Counter(_paragraphs(content.text)))]
        told = (_without_notice(paragraph, only_there) for paragraph in _paragraphs(content.text))
        self.shown = [paragraph for paragraph in told if paragraph]
        self.all_shown = "\n".join([title, *self.shown])
        self.title = read_words(title)
        self.paragraphs = [words for paragraph in self.shown if (words := read_words(paragraph))]


def _without_notice(paragraph: str, others: Iterable[str]) -> str:
    """Return a paragraph without the label of a notice; "" for one that is nothing but a notice."""
    behind = without_label(paragraph)
    if behind is None:
        return paragraph
    return behind if any(_are_alike(behind, other) for other in others) else ""


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # upper bounds first: they cost less
    return all(ratio() >= MIN_ALIKE_RATIO for ratio in ratios)


def _changed_parts(old: _RevisionWords, new: _RevisionWords) -> tuple[Kind, ...]:
    """Return the parts with other words or another order of them; new breaks between paragraphs change none."""
    parts: list[Kind] = ["title"] if old.title != new.title else []
    if [*chain(*old.paragraphs)] == [*chain(*new.paragraphs)]:
        return tuple(parts)
    if old.paragraphs[:1] != new.paragraphs[:1]:
        parts.append("lead")
    if Counter(map(tuple, old.paragraphs)) == Counter(map(tuple, new.paragraphs)):
        parts.append("order of paragraphs")
    elif [*chain(*old.paragraphs[1:])] != [*chain(*new.paragraphs[1:])]:
        parts.append("body")
    return tuple(parts)


def _new_notices(before: Content, after: Content) -> tuple[str, ...]:
    """Return the notices that only *after* has; one in other punctuation is the same."""
    had = {tuple(read_words(notice)) for part in (before.title, before.text) for notice in read_notices(part)}
    has = [notice for part in (after.title, after.text) for notice in read_notices(part)]
    return tuple(notice for notice in has if tuple(read_words(notice)) not in had)


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def _differ(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    return sorted(old) != sorted(new)  # the order of names is no content: see archive.articles.decide()


def _in_short(swaps: tuple[Swap, ...]) -> str:
    more = [f"{len(swaps) - MAX_SHOWN_SWAPS} more"] if len(swaps) > MAX_SHOWN_SWAPS else []
    return ", ".join([*map(str, swaps[:MAX_SHOWN_SWAPS]), *more])
