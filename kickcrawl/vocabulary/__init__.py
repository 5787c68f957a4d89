"""The words of newsrooms, one data file a language: labels of bylines, read-also lines, updates, notices, zones.

In: the TOML files beside this module. Out: ``WORDS``, the lists of all languages joined; ``LANGUAGES``, their codes;
``COMMON_WORDS``, what each is told by; and ``any_of``, which makes a part of a regular expression of a list. Pages mix
languages, so that every page is read with the words of all of them.
English names of classes are the web's own, not a newsroom's: they stand in the code that asks for them.

A language is added by adding ``<code>.toml``; ``id.toml`` is the most complete one and says what each list is for.
"""

from kickcrawl.vocabulary.languages import FOLDER, join_languages, read_languages
from kickcrawl.vocabulary.patterns import any_of

__all__ = ["COMMON_WORDS", "LANGUAGES", "WORDS", "any_of"]

_languages = read_languages(FOLDER)
LANGUAGES = tuple(_languages)  # their codes
# The small words of each language that has them listed, by its code.
COMMON_WORDS = {code: frozenset(words.prose.common) for code, words in _languages.items() if words.prose.common}
WORDS = join_languages(_languages.values())
