"""What the site says in each language: one table of words a language, en.toml and id.toml, with the same keys.

    WORDS["id"]["frame"]["search"]       ->  Markup("Cari")
    counted(WORDS["en"], "edits", 1)     ->  Markup("1 edit")

Every text is markup that is trusted, so that what is filled in by .format() is escaped.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

Words = Mapping[str, Any]  # texts, tables of texts, and lists of them
LANGUAGES = ("en", "id")  # the first is spoken to who asks for neither


def read_words(language: str) -> Words:
    """Return the table of a language, its texts as markup."""
    text = (Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8")
    return _as_markup(tomllib.loads(text))  # type: ignore[no-any-return]  # a table stays a table


def counted(words: Words, name: str, n: int) -> Markup:
    """Return a count with its noun, in the number that the language has for it: "1 article", "2 articles"."""
    forms = words["counts"][name]
    form: Markup = forms["one"] if n == 1 and "one" in forms else forms["other"]
    return form.format(n=number(words, n))


def number(words: Words, n: int) -> Markup:
    """Return an integer with its thousands parted as the language does."""
    return Markup(f"{n:,}".replace(",", words["thousands"]))


def noticed(words: Words, edits: int, withdrawals: int) -> Markup:
    """Return a clause on how many edits and withdrawals were noticed."""
    if edits and withdrawals:
        both: Markup = words["noticed"]["both"]
        return both.format(edits=counted(words, "edits", edits), withdrawals=counted(words, "withdrawals", withdrawals))
    if edits or withdrawals:
        return counted(words, "edits_noticed" if edits else "withdrawals_noticed", edits or withdrawals)
    return Markup(words["noticed"]["neither"])


def _as_markup(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_markup(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_markup(inner) for inner in value]
    return Markup(value.replace("&", "&amp;"))


WORDS: Mapping[str, Words] = {language: read_words(language) for language in LANGUAGES}
ENGLISH = WORDS[LANGUAGES[0]]
