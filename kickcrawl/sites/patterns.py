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
MAX_RARE = 4  # forms of a few articles each
MAX_LEVELS = 4  # of categories in an address
_MIN_SHARING = 20  # examples; a word that so many share is no chance
_MIN_SHARE = 0.05  # of the examples; a form of address that fewer have is taken for something else than articles
_FIXED = frozenset(
    "berita news read artikel article articles post posts story kabar baca detail blog warta html id".split()
)
_YEAR, _WORD = r"(?:19|20)\d\d", r"[^/?]+"


def article_patterns(urls: Iterable[str], certain: Collection[str] = ()) -> tuple[str, ...]:
    """Return regular expressions on the path that fit nearly all of *urls*, the most frequent form first.

    Forms that differ only in how many words stand before the slug are one: categories in categories. Of those in
    *certain*, which the outlet's own database names as posts, a rare form counts, too, with its words as they are.
    """
    forms: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for url in urls:
        if segments := _segments(url):
            forms[_form(segments, urlsplit(url).path)].append(segments)
    total = sum(map(len, forms.values()))
    frequent = sorted(forms.values(), key=len, reverse=True)[:MAX_PATTERNS]
    kept = [examples for examples in frequent if len(examples) >= max(1, _MIN_SHARE * total)]
    nested = _nested(list(forms.values()))
    patterns = [nested if nested and _is_words(examples) else _pattern(examples) for examples in kept]
    rare = [segments for url in sorted(certain) if (segments := _segments(url)) and not _fits(url, patterns)]
    return tuple(dict.fromkeys((*patterns, *map(_literal, rare[:MAX_RARE]))))


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.split("/") if segment]


def _fits(url: str, patterns: Sequence[str]) -> bool:
    return any(re.search(pattern, urlsplit(url).path) for pattern in patterns)


def _literal(segments: Sequence[str]) -> str:
    """Return a pattern for what stands where one article does: all segments as they are, but for the last."""
    return "^/" + "".join(f"{re.escape(segment)}/" for segment in segments[:-1]) + f"{_WORD}/?$"


def _nested(forms: Sequence[Sequence[Sequence[str]]]) -> str | None:
    """Return the pattern of addresses whose categories may have more categories below them; None if none have.

    Told by articles below /daerah/ as well as below /daerah/lombok-timur/.
    """
    worded = [examples for examples in forms if _is_words(examples)]
    depths: dict[str, set[int]] = defaultdict(set)
    for examples in worded:
        for segments in examples:
            depths[segments[0]].add(len(segments))
    if all(len(found) == 1 for found in depths.values()):
        return None
    slugs = [segments[-1] for examples in worded for segments in examples]
    slug = "[^/?]*-[^/?]*" if all("-" in one for one in slugs) else _WORD
    return f"^/(?:{_WORD}/){{1,{MAX_LEVELS}}}{slug}/?$"


def _is_words(examples: Sequence[Sequence[str]]) -> bool:
    """Tell whether *examples* have nothing but words before the slug, one at least, and no ending."""
    one = examples[0]
    return len(one) > 1 and set(_kinds(one[:-1])) == {_WORD} and not PAGE_ENDING.search(one[-1])


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
