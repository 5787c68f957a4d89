"""Write raised and lowered figures so that they do not run into the number before them.

25<sup>1</sup> juta -> "25¹ juta"      120 m<sup>2</sup> -> "120 m²"      2<sup>1</sup>/<sub>2</sub> -> "2½"
"""

import re
import unicodedata

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_BARS = "/⁄∕"
_FRACTION = re.compile(f"([⁰¹²³⁴-⁹]+)[{_BARS}]([₀-₉]+)")
_VULGAR = {unicodedata.normalize("NFKC", character): character for character in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"}  # "1⁄2": "½"


def raise_figures(text: str) -> str:
    """Return *text* with its figures raised: they are not to be read as figures of the number before them."""
    return text.translate(_RAISED)


def lower_figures(text: str, before: str) -> str:
    """Return *text* with its figures lowered where *before*, what stands before it, makes them a fraction's."""
    return text.translate(_LOWERED) if re.search(f"[⁰¹²³⁴-⁹][{_BARS}]$", before.rstrip()) else text


def join_fractions(text: str) -> str:
    """Return *text* with each raised figure, bar and lowered figure as the one character of that fraction, if any.

    >>> join_fractions("2¹/₂ hektare")
    '2½ hektare'
    """
    may_hold_one = not text.isascii() and any(bar in text for bar in _BARS)  # the pattern alone takes 5 µs a paragraph
    return _FRACTION.sub(_as_one, text) if may_hold_one else text


def _as_one(fraction: re.Match[str]) -> str:
    above, below = (part.translate(_PLAIN) for part in fraction.groups())
    return _VULGAR.get(f"{above}⁄{below}", fraction[0])
