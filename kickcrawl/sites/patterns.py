"""Learn from examples what form the addresses of a site's articles have, and write it as URL rules.

    /2025/07/harga-cabai-naik.html, /2025/06/jalan-rusak-di-sikur.html   ->   ^/(?:19|20)\\d\\d/\\d\\d/[^/?]+\\.html$

Numbers become numbers, words that differ become anything; a word that all share stays only if it is one that sites give
to all their articles (berita, read) or stood in many examples: a few may be of one section by chance.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from kickcrawl.discovery.article_form import PAGE_ENDING

MAX_PATTERNS = 4
_MIN_SHARING = 20  # examples; a word that so many share is no chance
_MIN_SHARE = 0.05  # of the examples; a form of address that fewer have is taken for something else than articles
# What no feed calls articles, two pages of a year's archive or a handful of manuals, makes a rule only if it is much:
_MIN_UNTOLD = 5  # examples,
_MIN_UNTOLD_SHARE = 0.2  # or, however few, so many of all; this alone counts where a feed has told enough articles
_MIN_TOLD = 5
_FIXED = frozenset(
    "berita news read artikel article articles post posts story kabar baca detail blog warta html id".split()
)
_YEAR, _WORD = r"(?:19|20)\d\d", r"[^/?]+"


def article_patterns(urls: Iterable[str], told: Collection[str] = ()) -> tuple[str, ...]:
    """Return regular expressions on the path that fit nearly all of *urls*, the most frequent form first.

    *told* are those that a feed or a list of posts calls articles; the others are likely ones.
    """
    forms: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    known: set[tuple[str, ...]] = set()
    for url in urls:
        segments = [segment for segment in urlsplit(url).path.split("/") if segment]
        if segments:
            form = _form(segments, urlsplit(url).path)
            forms[form].append(segments)
            known |= {form} if url in told else set()
    total = sum(map(len, forms.values()))
    frequent = sorted(forms.items(), key=lambda item: len(item[1]), reverse=True)[:MAX_PATTERNS]
    kept = [examples for form, examples in frequent if form in known or _is_much(len(examples), total, len(told))]
    return tuple(dict.fromkeys(_pattern(found) for found in kept if len(found) >= max(1, _MIN_SHARE * total)))


def _is_much(count: int, total: int, told: int) -> bool:
    """Tell whether *count* of *total* addresses of one form, of which none is told to be an article's, may be."""
    return count >= _MIN_UNTOLD_SHARE * total or (told < _MIN_TOLD and count >= _MIN_UNTOLD)


def _form(segments: Sequence[str], path: str) -> tuple[str, ...]:
    """Return what kind each segment is of; addresses of one form share a pattern."""
    ending = PAGE_ENDING.search(segments[-1])
    return (*_kinds(segments[:-1]), ending[0] if ending else "", str(path.endswith("/")))


def _kinds(segments: Sequence[str]) -> list[str]:
    """Return a pattern for each segment: year, month or day behind a year, number, or word."""
    kinds: list[str] = []
    for segment in segments:
        if re.fullmatch(r"(?:19|20)\d\d", segment):
            kinds.append(_YEAR)
        elif re.fullmatch(r"\d\d", segment) and _YEAR in kinds:
            kinds.append(r"\d\d")
        else:
            kinds.append(r"\d+" if segment.isdecimal() else _WORD)
    return kinds


def _pattern(examples: Sequence[Sequence[str]]) -> str:
    kinds = _kinds(examples[0][:-1])
    inner = [
        _fixed_word([example[index] for example in examples]) or kind if kind == _WORD else kind
        for index, kind in enumerate(kinds)
    ]
    ending = PAGE_ENDING.search(examples[0][-1])
    slugs = [PAGE_ENDING.sub("", example[-1]) for example in examples]
    slug = _WORD
    if all(slug_.isdecimal() for slug_ in slugs):
        slug = r"\d+"
    elif all(part == _WORD for part in inner) and all("-" in slug_ for slug_ in slugs):
        # Nothing before it tells an article from a section: the sections' short words have no hyphen, or one at most.
        slug = r"[^/?]*-[^/?]*"
    return "^/" + "/".join([*inner, slug]) + (re.escape(ending[0]) if ending else "/?") + "$"


def _fixed_word(values: Sequence[str]) -> str | None:
    """Return the word that all *values* are, if that is no chance."""
    if len(set(values)) == 1 and (values[0].lower() in _FIXED or len(values) >= _MIN_SHARING):
        return re.escape(values[0])
    return None
