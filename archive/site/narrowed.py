"""Say what the list of articles is narrowed to, in the visitor's language: pure."""

import re
from collections.abc import Iterable, Mapping

from archive.site.moments import month_in_words
from archive.site.words import Words

# What a part of an address narrows the list by, as the words of the list call it.
LABELS: Mapping[str, str] = {
    "_search": "words_found",
    "_find": "words_found",
    "_month": "month",
    "outlet": "outlet",
    "section": "section",
    "sections__arraycontains": "section",
    "authors__arraycontains": "authors",
    "tags__arraycontains": "tags",
}
SILENT = ("_next", "_size", "_nofacet", "_facet_size", "_nocount", "_lang", "_theme", "_all", "_col", "_nocol")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def narrowed(
    pairs: Iterable[tuple[str, str]], outlets: Mapping[str, str], words: Words
) -> list[tuple[str, str]] | None:
    """Return (label, value) for each part of an address that narrows the list; None where one is a filter of a table.

    *outlets* are names by slug.

    >>> from archive.site.words import WORDS
    >>> narrowed([("_month", "2025-07"), ("outlet", "warta")], {"warta": "Warta"}, WORDS["id"])
    [('Bulan', 'Juli 2025'), ('Media', 'Warta')]
    """
    said = []
    for name, value in pairs:
        if name in SILENT or not value:
            continue
        if name not in LABELS:
            return None
        said.append((str(words["list"][LABELS[name]]), _called(name, value, outlets, words)))
    return said


def _called(name: str, value: str, outlets: Mapping[str, str], words: Words) -> str:
    if name == "outlet":
        return outlets.get(value, value)
    return str(month_in_words(value, words)) if name == "_month" and _MONTH.fullmatch(value) else value
