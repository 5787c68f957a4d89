"""Learn from examples what form the addresses of a site's articles have, and write it as URL rules.

    /2025/07/harga-cabai-naik.html, /2025/06/jalan-rusak-di-sikur.html   ->   ^/(?:19|20)\\d\\d/\\d\\d/[^/?]+\\.html$

Numbers become numbers, words that differ become anything; a word that all share stays only if it is one that sites give
to all their articles (berita, read) or stood in many examples: a few may be of one section by chance.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from kickcrawl.discovery.article_form import PAGE_ENDING, numbering_name

MAX_PATTERNS = 4
MAX_RARE = 4  # forms of a few articles each
MAX_LEVELS = 4  # of categories in an address
_MIN_SHARING = 20  # examples; a word that so many share is no chance
_MIN_SHARE = 0.05  # of the examples; a form of address that fewer have is taken for something else than articles
# What no feed calls articles, two pages of a year's archive or a handful of manuals, makes a rule only if it is much:
_MIN_UNTOLD = 5  # examples,
_MIN_UNTOLD_SHARE = 0.2  # or, however few, so many of all; this alone counts where a feed has told enough articles
_MIN_TOLD = 5
_FIXED = frozenset(
    "berita news read artikel article articles post posts story kabar baca detail blog warta html id".split()
)
_NUMBERED = "numbered"  # the form of what a parameter numbers
_YEAR, _WORD = r"(?:19|20)\d\d", r"[^/?]+"


def article_patterns(urls: Iterable[str], told: Collection[str] = (), certain: Collection[str] = ()) -> tuple[str, ...]:
    """Return regular expressions on path and query that fit nearly all of *urls*, the most frequent form first.

    Forms that differ only in how many words stand before the slug are one: categories in categories. *told* are those
    that a feed or a list of posts calls articles; the others are likely ones. Of those in *certain*, which the outlet's
    own database names as posts, a rare form counts, too, with its words as they are.
    """
    forms: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    known: set[tuple[str, ...]] = set()
    for url in urls:
        if segments := _segments(url):
            form = _form(segments, url)
            forms[form].append(segments)
            known |= {form} if url in told else set()
    total = sum(map(len, forms.values()))
    frequent = sorted(forms.items(), key=lambda item: len(item[1]), reverse=True)[:MAX_PATTERNS]
    kept = {form: found for form, found in frequent if form in known or _is_much(len(found), total, len(told))}
    kept = {form: found for form, found in kept.items() if len(found) >= max(1, _MIN_SHARE * total)}
    nested = _nested([found for form, found in forms.items() if form[0] != _NUMBERED])
    patterns = [
        form[1] if form[0] == _NUMBERED else nested if nested and _is_words(found) else _pattern(found)
        for form, found in kept.items()
    ]
    rare = [segments for url in sorted(certain) if (segments := _segments(url)) and not _fits(url, patterns)]
    return tuple(dict.fromkeys((*patterns, *map(_literal, rare[:MAX_RARE]))))


def _is_much(count: int, total: int, told: int) -> bool:
    """Tell whether *count* of *total* addresses of one form, of which none is told to be an article's, may be."""
    return count >= _MIN_UNTOLD_SHARE * total or (told < _MIN_TOLD and count >= _MIN_UNTOLD)


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


def _form(segments: Sequence[str], url: str) -> tuple[str, ...]:
    """Return what kind each segment is of; addresses of one form share a pattern.

    Of a program's file that is asked for an article by its number, the form is the pattern: /news/view.asp?newsid=3001
    """
    path, ending = urlsplit(url).path, PAGE_ENDING.search(segments[-1])
    if name := numbering_name(url):
        return _NUMBERED, rf"^{re.escape(path)}\?(?:.*&)?{re.escape(name)}=\d+(?:&|$)"
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
