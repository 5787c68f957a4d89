"""Read what the words round a day say that it is the day of: of publication, of a change, or of something else.

In: the lines of a page, and a day in one of them. Out: its label. It stands before the day, as the name of a field in
the line above, or behind it as the verb of a sentence about the article.

    Tanggal terbit            Berita ini diunggah pada        "Harga Cabai" wurde am
    12 Januari 2025           12 Januari 2025.                12. Januar 2025 gepostet
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kickcrawl.claims.lines import Line
from kickcrawl.claims.written_days import Written, may_hold_day
from kickcrawl.vocabulary import WORDS, any_of

_PUBLISHED = re.compile(any_of(WORDS.dates.published), re.IGNORECASE)
_UPDATED = re.compile(any_of(WORDS.dates.updated), re.IGNORECASE)
_AS_OF = re.compile(rf"\b{any_of(WORDS.dates.as_of)}\b", re.IGNORECASE)
_OTHER_DAY = re.compile(rf"{any_of(WORDS.dates.other_day)}|\b{any_of(WORDS.dates.other_day_words)}\b", re.IGNORECASE)
_FIELD = re.compile(rf"{any_of(WORDS.dates.fields)}\s*:?", re.IGNORECASE)
_THIS_ARTICLE = re.compile(rf"{any_of(WORDS.dates.this_article)}\b", re.IGNORECASE)
# The verb at the end of its clause: "wurde am 19. Mai 2010 um 23:03 Uhr gepostet".
_VERB_BEHIND = re.compile(rf"[^.!?,;]{{0,20}}\b{any_of(WORDS.dates.published)}", re.IGNORECASE)
_MAX_BEFORE_CHARACTERS = 60  # of a line before a day, in which its label can stand
_MAX_FIELD_CHARACTERS = 30  # of a line above a day that names its field
_MAX_BESIDE_CHARACTERS = 12  # in the line of a field's value, beside its day: an hour, a weekday


class Label(NamedTuple):
    """What the words round a day say; *is_own*: they name the article, or the field, so that it counts anywhere."""

    is_published: bool = False
    is_updated: bool = False
    is_as_of: bool = False
    is_other: bool = False
    is_field: bool = False
    is_own: bool = False


def read_label(lines: Sequence[Line], number: int, day: Written, headline: str) -> Label:
    """Return the label of *day*, which stands in line *number* of *lines*; *headline* is the text of the page's."""
    text = lines[number].text
    before = re.split(r"\d{4}", text[max(0, day.start - _MAX_BEFORE_CHARACTERS) : day.start])[-1]  # behind another day
    if field := _field(lines, number, day):
        before = f"{field} {before}"
    is_about_article = _THIS_ARTICLE.match(text) or (headline and text.startswith(headline) and text != headline)
    is_verb_behind = bool(is_about_article) and _VERB_BEHIND.match(text, day.end) is not None
    is_published = is_verb_behind or _PUBLISHED.search(before) is not None
    return Label(
        is_published=is_published,
        is_updated=not is_published and _UPDATED.search(before) is not None,
        is_as_of=_AS_OF.search(before) is not None,
        is_other=_OTHER_DAY.search(before) is not None,
        is_field=bool(field),
        is_own=is_published and bool(field or is_about_article),
    )


def _field(lines: Sequence[Line], number: int, day: Written) -> str:
    """Return the line above *day* if it is the name of a field whose value is the day; else ""."""
    above = lines[number - 1].text if number else ""
    beside = len(lines[number].text) - (day.end - day.start)
    if beside > _MAX_BESIDE_CHARACTERS or len(above) > _MAX_FIELD_CHARACTERS or may_hold_day(above):
        return ""
    is_name = _FIELD.fullmatch(above) is not None or (above.endswith(":") and _UPDATED.search(above) is not None)
    return above if is_name else ""
