"""Find the notices that say that an article was edited: "Ralat: ...", "(Update)", "Artikel ini telah dikoreksi".

A word alone is no notice: "Klarifikasi itu disampaikan Bupati" is news. It must be a label, or say what was done.
"""

import re

from kickcrawl.vocabulary import WORDS, any_of

_NOTICES, _DATES = WORDS.notices, WORDS.dates
_MONTHS = any_of(sorted({name[:3] for name in _DATES.months}))
_DETAILS = any_of((*_NOTICES.details, *_DATES.zones))
# What may stand between the label and its colon: what is corrected, when, by whom.
_OF_WHAT = rf"""(?: \s* [(\[] [^)\]\n]{{0,80}} [)\]] | ,? \s+ (?: \d[\w.:/-]* | {_DETAILS}
    | {_MONTHS}[a-z]* | {any_of(_DATES.weekdays)} ) )*"""
_LABEL = re.compile(
    rf"""
    (?: {any_of(_NOTICES.labels)}
      | {any_of(_NOTICES.corrections)} (?= {_OF_WHAT} \s* (?: [:)\]–—|-] | [.]?\s*$ ) ) ) \b
    {_OF_WHAT} \s* [:.)\]–—|-]*
  | {any_of(_NOTICES.subjects)} \s+ {any_of(_NOTICES.has_been)} \s+ {any_of(_NOTICES.corrected)} \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = re.compile(r"[\s*#_\[(–—-]*")
# Inside a paragraph a notice opens a sentence or a bracket.
_INSIDE = re.compile(r"(?:(?<=[.!?…”\"’)\]])\s+|\s[(\[*]+\s*)")


def read_notices(text: str) -> list[str]:
    """Return the notices in *text*, each from its label to the end of its paragraph.

    >>> read_notices("Warga antre beras.\\n\\nRalat: semula tertulis 12 orang.")
    ['Ralat: semula tertulis 12 orang.']
    """
    return [paragraph[at:] for paragraph in text.split("\n") if (at := _where(paragraph)) is not None]


def without_label(paragraph: str) -> str | None:
    """Return what stands behind the label of a paragraph that opens with one; None if it opens with none.

    >>> without_label("[RALAT] Panen padi naik")
    'Panen padi naik'
    """
    label = _LABEL.match(paragraph, _end_of(_OPENING, paragraph))
    return paragraph[label.end() :].strip() if label else None


def _where(paragraph: str) -> int | None:
    starts = [_end_of(_OPENING, paragraph), *(match.end() for match in _INSIDE.finditer(paragraph))]
    return next((start for start in starts if _LABEL.match(paragraph, start)), None)


def _end_of(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0
