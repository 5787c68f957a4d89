"""Digests: of bytes as received, of an article's words, and the short one that an article is cited by."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"\w+")
_MAX_KNOWN_LINE = 2_000  # characters of a line whose words are kept
ID_LENGTH = 12  # hex digits: among a million articles, two share an id with a chance of 1 in 560


def article_id(url: str) -> str:
    """Return the id of the article first seen under the canonical *url*: the same after every rebuild."""
    return hashlib.sha256(url.encode()).hexdigest()[:ID_LENGTH]


def bytes_digest(body: bytes) -> str:
    """Return ``sha256:`` and the hex digest of *body*."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


@lru_cache(maxsize=64)  # an article that is stored is asked for its digest by each that looks for its like
def text_digest(title: str, text: str) -> str:
    """Return a digest that is equal for copies with the same words, whatever their case, quotes and white space."""
    words = chain.from_iterable(map(words_of, (*title.splitlines(), *text.splitlines())))
    return bytes_digest(" ".join(words).encode())


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a line as texts are compared by them: in small letters, compatible letters as one."""
    return _known_words(line) if len(line) <= _MAX_KNOWN_LINE else _words(line)


def _words(line: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", line).casefold()))


# Lines: a text's words are asked for its digest and for what near-copies are found by; some 2 MB.
_known_words = lru_cache(maxsize=128)(_words)
