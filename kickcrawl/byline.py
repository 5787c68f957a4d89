"""Read what journalists write into the text itself: the dateline at its head, their initials at its end, names.

Both stay in the text; here they are only given as fields.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_DASH = r"[-–—―|:]{1,3}"
# "(gii)", "(tl-02)", "(iws/gsp)", "(red)", "(KHN)": two to five letters, parted or numbered.
_INITIALS = re.compile(r"\(\s*(?P<who>[A-Za-z]{2,5}(?:\s?[-/]\s?[A-Za-z0-9]{1,5})?)\s*\)[\s.*]*$")
_NAME = r"[A-ZÀ-Þ][\w.'’]*"
_PLACE = rf"{_NAME}(?:[ ]{_NAME}){{0,3}}"
_LABEL = re.compile(r"^\s*(?:oleh|by|penulis|reporter|laporan|ditulis oleh|editor)\b\s*[:：]?\s*", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|;|&|\bdan\b|\band\b)\s*")


def read_initials(paragraphs: Sequence[str]) -> str | None:
    """Return the initials in brackets that end the story, with their brackets.

    >>> read_initials(["Warga berharap jalan segera diperbaiki. (gii)"])
    '(gii)'
    """
    for text in reversed(paragraphs[-2:]):
        if match := _INITIALS.search(text):
            return f"({match['who']})"
    return None


def read_dateline(first_paragraph: str, names: Sequence[str], places: Sequence[str] = ()) -> str | None:
    """Return the dateline that opens the story: the outlet's name and often a place, up to the dash or the comma.

    *names* are the forms in which the outlet names itself there; *places*, if given, are the only ones that may stand
    behind it, since "outlet – Warga Narmada, ..." opens a sentence. None where the text opens with no such thing.

    >>> read_dateline("kicknews.today – Mataram, Warga ...", ["kicknews.today"])
    'kicknews.today – Mataram,'
    >>> read_dateline("SELONG, kicknews.today - Petani ...", ["kicknews.today"])
    'SELONG, kicknews.today -'
    """
    for pattern in _dateline_patterns(tuple(names), tuple(places)):
        if match := pattern.match(first_paragraph):
            return match[1]
    return None


@lru_cache(maxsize=256)
def _dateline_patterns(names: tuple[str, ...], places: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return the forms a dateline takes, the longest first; places are told by their capitals, the outlet is not."""
    outlet = rf"(?i:{'|'.join(re.escape(name) for name in names)})"
    behind = rf"(?i:{'|'.join(re.escape(place) for place in places)})" if places else _PLACE
    forms = (
        rf"{_PLACE}\s*,\s*{outlet}\s*{_DASH}",  # SELONG, outlet –
        rf"{_PLACE}(?:\s*,\s*{_PLACE})?\s*\(\s*{outlet}\s*\)\s*{_DASH}",  # Praya, Lombok Tengah (outlet) –
        rf"{outlet}\s*,\s*{_PLACE}\s*{_DASH}",  # outlet, Praya –
        rf"{outlet}\s*{_DASH}\s*{behind},",  # outlet – Mataram,
        rf"{outlet}\s*{_DASH}",  # outlet –
    )
    return [re.compile(rf"\s*({form})") for form in forms] if names else []


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names in a byline, without "Oleh" and the like.

    >>> split_authors("Oleh: Siti Rahma dan Lalu Anom")
    ('Siti Rahma', 'Lalu Anom')
    """
    name = _LABEL.sub("", text.strip())
    return tuple(part for part in _LIST.split(name) if part and not part.startswith(("http://", "https://", "@")))
