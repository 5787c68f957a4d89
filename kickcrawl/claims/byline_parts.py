"""Part a line of a byline into its pieces: at bars, before a day, before what somebody else did.

In: a text. Out: pieces, each with the label that it opens with.

    Penulis | Siti Rahma / Editor: Lalu Anom • Senin, 14 Juli 2025   ->   Penulis: Siti Rahma, Editor: Lalu Anom, ...
"""

import re

from kickcrawl.page.blocks import fold
from kickcrawl.vocabulary import WORDS, any_of

# A day parts the name before it from the hour behind it: "Oleh Siti Rahma Selasa, 15 Juli 2025", "... pada 15 Juli".
_BARS = re.compile(
    r"\s+[–—-]\s+|[|•·\n]|,?\s+(?:(?-i:[a-zà-ÿ]{2,4})\s+)?"
    rf"(?=(?:{any_of(WORDS.dates.weekdays)},?\s+)?\d{{1,2}}[\s./-])",
    re.IGNORECASE,
)
# "Penulis: Siti Rahma / Editor: Lalu Anom", behind the first colon.
_NEXT_ROLE = re.compile(rf"(?<=\w)[\s/,;]+(?={any_of(WORDS.byline.other_roles)}\s*[:：])", re.IGNORECASE)
# "Penulis | Siti Rahma": the bar stands for a colon.
_ROLE_BAR = re.compile(rf"^(\s*{any_of((*WORDS.byline.writers, *WORDS.byline.by))})\s+[-–—|]\s", re.IGNORECASE)


def parts_of(text: str | None) -> list[str]:
    """Return the pieces of *text*, folded, without the brackets around them."""
    if not text or text.isspace():  # as between most tags
        return []
    if role := _ROLE_BAR.match(text):
        text = f"{role[1]}: {text[role.end() :]}"
    return [piece for part in _BARS.split(text) for one in _by_role(part) if (piece := unwrapped(fold(one)))]


def unwrapped(text: str) -> str:
    """Return *text* without brackets around all of it."""
    return text[1:-1].strip() if text[:1] + text[-1:] in ("()", "[]") else text


def _by_role(part: str) -> list[str]:
    label, colon, rest = part.partition(":")
    if not colon:
        return [part]
    names, *others = _NEXT_ROLE.split(rest)
    return [label + colon + names, *others]
