"""Tell what language an article is written in, by the small words of its text.

In: what the page states, the outlet's language, the page. Out: the claims that the text does not refute. A theme keeps
the language that it was made in, whatever is written with it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice

from kickcrawl.article import Claim
from kickcrawl.page.line import line_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import COMMON_WORDS

_MIN_WORDS = 25  # of a text whose language can be told
_MIN_SHARE = 0.08  # of a text's words, that are small words of its language
_MIN_LEAD = 1.5  # of these words to those of another language: Indonesian and Malay have much the same
_MAX_PARAGRAPHS = 30  # that are read
_MIN_PARAGRAPH_CHARACTERS = 60  # of prose
_MIN_UNPARTED_CHARACTERS = 30  # the same, in a script that parts no words
# Scripts of one language, or of a few, and these; letters of Han stand in Japanese texts, too, which have kana.
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), {"ja"}),
    (re.compile("[\uac00-\ud7a3]"), {"ko"}),
    (re.compile("[\u4e00-\u9fff]"), {"zh"}),
    (re.compile("[\u0e00-\u0e7f]"), {"th"}),
    (re.compile("[\u0600-\u06ff]"), {"ar", "fa", "ur"}),
)
_SCRIPT = re.compile("[\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_MIN_SCRIPT_SHARE = 0.25  # of a text's characters: kana are a third and more of Japanese
_MIN_SCRIPT_CHARACTERS = 60
_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGES_WITH: dict[str, list[str]] = {}  # of each small word, the codes of the languages that have it
for _code, _words in COMMON_WORDS.items():
    for _word in _words:
        _LANGUAGES_WITH.setdefault(_word, []).append(_code)


def judge_languages(claims: Sequence[Claim], page: ParsedPage) -> list[Claim]:
    """Return those *claims* about the language that the text of *page* may be in.

    Where the text does not tell, the outlet knows better than its theme. Where none is left, the text's own is claimed.
    """
    outlet = page.site.language
    doubtful = {str(claim.value) for claim in claims if claim.value in COMMON_WORDS}
    if not (doubtful or outlet) or (outlet and outlet not in COMMON_WORDS):
        return list(claims)
    of_text = languages_of(page)
    possible = of_text or ({outlet} if outlet else doubtful)
    kept = [claim for claim in claims if claim.value in possible or claim.value not in COMMON_WORDS]
    if not kept and of_text and outlet not in of_text:
        kept = [Claim(field="language", value=min(of_text), source="page")]
    return kept


def languages_of(page: ParsedPage) -> set[str]:
    """Return the languages that the prose of *page* may be in, by their codes; empty where it does not tell."""
    lines = map(line_of, islice(page.scope.iter("p"), _MAX_PARAGRAPHS))
    text = " ".join(filter(_is_prose, lines)).lower()
    if _SCRIPT.search(text, 0, _MIN_SCRIPT_CHARACTERS) and (told := _told_by_script(text)):
        return set(told)
    pieces = text.split()
    mixed = [piece for piece in pieces if not piece.isalpha()]  # "sawah,": only of these a pattern must tell the words
    parts = _WORD.findall(" ".join(mixed))
    number_of_words = len(pieces) - len(mixed) + len(parts)
    if number_of_words < _MIN_WORDS:
        return set()
    common: Counter[str] = Counter()  # of each language, how many of its small words
    for word, number in Counter(filter(_LANGUAGES_WITH.__contains__, chain(pieces, parts))).items():
        for code in _LANGUAGES_WITH[word]:
            common[code] += number
    most = max(common.values(), default=0)
    if most / number_of_words < _MIN_SHARE:
        return set()
    return {code for code, number in common.items() if number * _MIN_LEAD > most}


def _is_prose(line: str) -> bool:
    return len(line) >= _MIN_PARAGRAPH_CHARACTERS or (
        len(line) >= _MIN_UNPARTED_CHARACTERS and _SCRIPT.search(line) is not None
    )


def _told_by_script(text: str) -> set[str]:
    """Return the languages of the first script that *text* is written in; none where it is another, as Latin."""
    least = max(_MIN_SCRIPT_CHARACTERS, _MIN_SCRIPT_SHARE * len(text))
    return next((codes for script, codes in _SCRIPTS if len(script.findall(text)) >= least), set())
