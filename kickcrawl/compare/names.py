"""Find what a text names and whom it quotes: runs of words with capitals inside sentences, words in quotation marks.

Rather a name too few than a wrong one: a word that opens a sentence has its capital from there and is no name.
"""

import re
from collections.abc import Sequence

from kickcrawl.compare.figures import is_calendar

_NAME = r"[A-ZÀ-Þ](?:[^\W\d_]|['’-])*(?!\w)"
_RUN = re.compile(rf"\b{_NAME}(?: (?:bin |binti )?{_NAME})*")
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?…:;|–—(\[“\"‘•/]|\s[-*])\s*$")
# "kicknews.today – Mataram, Warga ...": the first sentence begins behind the dateline.
_DATELINE = re.compile(r".{0,60}?\s[-–—|]\s*(?:[A-ZÀ-Þ][\w ()]{1,40},\s*)?")
MIN_HEADING_SHARE = 0.7  # of the words have capitals: more than in a sentence
_WORDY = re.compile(r"[^\W\d_]{2,}")
_DOUBLE = re.compile(r'"([^"]+)"')
_SINGLE = re.compile(r"‘(.+?)’(?!\w)")
_CURLY = str.maketrans("“”„«»″", '""""""')


def read_names(paragraphs: Sequence[str]) -> list[str]:
    """Return the names in the paragraphs of an article, each once; headings with a capital on every word hold none.

    >>> read_names(["Menurut Lalu Ahmad, warga Desa Kopang antre sejak Senin."])
    ['Lalu Ahmad', 'Desa Kopang']
    """
    found: dict[str, None] = {}
    for number, paragraph in enumerate(paragraphs):
        dateline = _DATELINE.match(paragraph) if number == 0 else None
        text = paragraph[dateline.end() :] if dateline else paragraph
        if not _is_heading(text):
            found.update(dict.fromkeys(_names_in(text)))
    return list(found)


def read_quotes(text: str) -> list[str]:
    """Return what stands between double quotation marks of any form, or between ‘ and ’, within a paragraph.

    >>> read_quotes("“Kami siap,” katanya. Itu ‘Jum’at berkah’.")
    ['Kami siap,', 'Jum’at berkah']
    """
    lines = text.translate(_CURLY).split("\n")
    return [quote.strip() for line in lines for marks in (_DOUBLE, _SINGLE) for quote in marks.findall(line)]


def _names_in(text: str) -> list[str]:
    names = []
    for run in _RUN.finditer(text):
        words = run[0].split(" ")
        if _SENTENCE_OPENS.search(text, max(0, run.start() - 4), run.start()) or run.start() == 0:
            words = words[1:]
        words = [word for word in words if not is_calendar(word)]
        if any(_WORDY.search(word) for word in words):
            names.append(" ".join(words))
    return names


def _is_heading(text: str) -> bool:
    words = _WORDY.findall(text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > MIN_HEADING_SHARE * len(words)
