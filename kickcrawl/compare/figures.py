"""Read a text as words of which a figure is one, however it is written: numbers, amounts, dates, days of the week.

    "Harga Rp1.500.000 per ton"   ->   harga, rp1500000 (a figure), per, ton

Two words are equal if they say the same: other capitals, other dots in a thousand, "persen" for "%" are no difference.
"""

import re
from dataclasses import dataclass, field

from kickcrawl.vocabulary import WORDS, any_of

_NUMBERS = WORDS.numbers
_MONTHS = any_of(map(str.capitalize, WORDS.dates.months))
_DAYS = any_of(map(str.capitalize, WORDS.dates.weekdays))  # with a capital: "minggu" is a week, too
_CURRENCY = any_of(map(str.capitalize, _NUMBERS.currency))
_VALUES = any_of(_NUMBERS.values)
_SCALES = any_of(_NUMBERS.scales)
_PARTS = any_of(_NUMBERS.parts)
_PERCENT = any_of(_NUMBERS.percent)
_TOKEN = re.compile(
    rf"""
    (?P<figure>
        \b(?:\d{{1,2}}\s+)?{_MONTHS}(?:\s+\d{{4}})?\b                            # 14 Juli 2025
      | \b{_DAYS}\b
      | (?:\b{_CURRENCY}\.?\s*|US\$\s*|[$€£]\s*|(?<!\w))\d+(?:[.,:/–-]\d+)*(?!\w)    # Rp1.500.000; 10.30; 14/7; 3–5
        (?:\s*%|\s+(?:{_PERCENT}|{_SCALES})\b)?
      | \b(?i:{_VALUES})(?:\s+(?i:{_PARTS}|{_PERCENT}|{_SCALES}|{_VALUES})\b)*\b    # dua puluh lima ribu
    )
  | (?P<word>[^\W_]+)
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?![.\d])")
_CURRENCY_SIGN = re.compile(rf"({any_of(_NUMBERS.currency)})\.?\s*")
_NO_CENTS = re.compile(r"(?<=\d),00?(?!\d)")
# Numbers up to eleven and other spellings stand for one key: "dua" is 2, "milyar" is "miliar".
_SAME = (
    {name: str(value) for name, value in _NUMBERS.values.items() if value <= 11}
    | _NUMBERS.spellings
    | dict.fromkeys(_NUMBERS.percent, "%")
)
_ALIKE = re.compile(rf"\b{any_of(_SAME)}\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a figure: equal by its *key*, shown as it is *written*."""

    key: str
    written: str = field(compare=False)
    is_figure: bool = field(default=False, compare=False)


def read_words(text: str) -> list[Word]:
    """Return the words of *text* in their order, each figure as one.

    >>> [word.key for word in read_words("Naik 5 persen, jadi Rp 1.500.000")]
    ['naik', '5%', 'jadi', 'rp1500000']
    """
    return [
        Word(_key(match["figure"]), " ".join(match["figure"].split()), is_figure=True)
        if match["figure"]
        else Word(match["word"].casefold(), match["word"])
        for match in _TOKEN.finditer(text)
    ]


def is_calendar(word: str) -> bool:
    """Tell whether a word with a capital names a month, a day or a zone, and nobody."""
    return _CALENDAR.fullmatch(word) is not None


_CALENDAR = re.compile(rf"(?:{_MONTHS}|{_DAYS}|{_CURRENCY}|{any_of(WORDS.dates.zones)})", re.IGNORECASE)


def _key(figure: str) -> str:
    plain = _THOUSANDS.sub(lambda match: match[0].replace(".", ""), figure.casefold().replace("–", "-"))
    plain = _ALIKE.sub(lambda match: _SAME[match[0]], _CURRENCY_SIGN.sub(r"\1", plain))
    if plain.startswith(_NUMBERS.currency):
        plain = _NO_CENTS.sub("", plain)
    return re.sub(r"\s+", "", re.sub(r"(?<=\d)[,:](?=\d)", ".", plain).replace("’", "'"))
