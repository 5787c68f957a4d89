"""Tell what language an article is written in, by the small words of its text.

In: what the page states, the outlet's language, the page. Out: the claims that the text does not refute. A theme keeps
the language that it was made in, whatever is written with it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from kickcrawl.article import Claim
from kickcrawl.page.line import line_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import COMMON_WORDS

_MIN_WORDS = 25  # of a text whose language can be told
_MIN_SHARE = 0.08  # of a text's words, that are small words of its language
_MIN_LEAD = 1.5  # of these words to those of another language: Indonesian and Malay have much the same
_MAX_PARAGRAPHS = 30  # that are read
_MIN_PARAGRAPH_CHARACTERS = 60  # of prose


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
    text = " ".join(line for line in lines if len(line) >= _MIN_PARAGRAPH_CHARACTERS).lower()
    words = Counter(re.findall(r"[^\W\d_]+", text))
    total = sum(words.values())
    if total < _MIN_WORDS:
        return set()
    shares = {code: sum(words[word] for word in common & words.keys()) / total for code, common in COMMON_WORDS.items()}
    best = max(shares.values())
    return {code for code, share in shares.items() if share * _MIN_LEAD > best} if best >= _MIN_SHARE else set()
