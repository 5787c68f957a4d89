"""Near-copies: what two texts have in common, and whether that makes them the same copy.

    text --fingerprint()--> Fingerprint --lookup_keys()--> LookupKeys, numbers to look candidates up by
    compare(one, other) -> Comparison: the share of the shorter text that stands in the other, and why it is (no) copy

Pure. A paragraph that an outlet prints under everything ("standing") is named by the caller and counts for nothing.
"""

import hashlib
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from kickcrawl.fingerprint import words_of

# Measured 2026-11-23 on two made-up newsrooms of 1,900 articles, whose unrelated texts share sentence templates: with
# shingles of 5 words the least share of a true copy is .80, the highest of unrelated ones of 20 shingles or more .35.
SHINGLE = 5  # words
MIN_SHARE = 0.5  # of the shorter text
MIN_LONGER_SHARE = 0.2  # of the longer text: less in common is one item of a roundup, which would chain all its items
MIN_COMMON_SHINGLES = 20  # with fewer, only the same title and text make a copy

# 20 bands of 3: texts with a Jaccard similarity of .5 meet with a chance of .93, of .7 always, of .02 in one of 6,000.
BANDS, ROWS = 20, 3
SEED = 20251123  # another seed, or another algorithm of rensa, needs all bands written again

MIN_PARAGRAPH_WORDS = 8  # shorter paragraphs ("Baca juga", the name of a town) are not looked up
MAX_WORDS = 20_000  # of a text that are compared

Why = Literal["copy", "too-short", "little-in-common", "small-part", "other-figures", "edges-only"]


class Paragraph(NamedTuple):
    """A paragraph: a number that is equal for equal words, and its shingles."""

    key: int
    words: int
    shingles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is compared of a text: its paragraphs in reading order, and the figures in it."""

    paragraphs: tuple[Paragraph, ...]
    figures: frozenset[str]

    def shingles(self, standing: Collection[int] = ()) -> frozenset[str]:
        """Return all shingles but those of *standing* paragraphs."""
        return frozenset(chain.from_iterable(p.shingles for p in self.paragraphs if p.key not in standing))


class Sketch(NamedTuple):
    """MinHash of one paragraph's shingles: its key, how many they are, and BANDS * ROWS values of 4 bytes."""

    paragraph: int
    shingles: int
    values: bytes


@dataclass(frozen=True, slots=True)
class LookupKeys:
    """What candidates are looked up by: the keys of a text's paragraphs, and its bands if none of these is standing.

    *sketches*, if they were made, give the bands where some are. *digest* is that of the article's title and text, if
    known. All this is a tenth of a fingerprint, and travels from the worker that read the text to the archive.
    """

    paragraphs: frozenset[int]
    bands: tuple[int, ...]
    sketches: tuple[Sketch, ...] = ()
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much of the shorter text stands in the other (0 to 1, rounded), and what follows."""

    share: float
    why: Why
    common: frozenset[str] = frozenset()

    @property
    def is_copy(self) -> bool:
        """Whether the two texts are the same copy."""
        return self.why == "copy"


def fingerprint(text: str, *, dateline: str | None = None, initials: str | None = None) -> Fingerprint:
    """Return what is compared of *text*, without the dateline that opens it and the initials that end it."""
    bare = text.removeprefix(dateline or "").strip().removesuffix(initials or "")
    paragraphs, figures, left = [], set[str](), MAX_WORDS
    for line in bare.splitlines():
        words = words_of(line)[:left]
        left -= len(words)
        if words:
            figures.update(filter(str.isdecimal, words))
            paragraphs.append(Paragraph(_number(" ".join(words)), len(words), _shingles(words)))
    return Fingerprint(tuple(paragraphs), frozenset(figures))


def lookup_keys(text: Fingerprint, digest: str | None = None) -> LookupKeys:
    """Return what candidates for *text* are looked up by; *digest* is that of its title and text."""
    sketches = tuple(_sketch(paragraph) for paragraph in {p.key: p for p in text.paragraphs if p.shingles}.values())
    whole = joint_bands(sketches)
    return LookupKeys(searched(text), whole if whole is not None else bands(text.shingles()), sketches, digest)


def searched(text: Fingerprint) -> frozenset[int]:
    """Return the keys of the paragraphs that are long enough to be looked up."""
    return frozenset(paragraph.key for paragraph in text.paragraphs if paragraph.words >= MIN_PARAGRAPH_WORDS)


def bands(shingles: Collection[str]) -> tuple[int, ...]:
    """Return the LSH bands of a text as numbers of 48 bits; none for a text too short to be compared.

    Source: Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, chapter 3.
    """
    return _bands(_minhash(shingles)) if len(shingles) >= MIN_COMMON_SHINGLES else ()


def joint_bands(sketches: Sequence[Sketch], standing: Collection[int] = ()) -> tuple[int, ...] | None:
    """Return the bands of the text of all *sketches* but those of *standing* paragraphs, as bands() would give them.

    None where these do not tell: each has fewer than MIN_COMMON_SHINGLES, which may be the same ones.
    """
    kept = [sketch for sketch in sketches if sketch.paragraph not in standing]
    if sum(sketch.shingles for sketch in kept) < MIN_COMMON_SHINGLES:
        return ()
    if max(sketch.shingles for sketch in kept) < MIN_COMMON_SHINGLES:
        return None
    values = [array("I", sketch.values) for sketch in kept]
    return _bands(list(map(min, *values)) if len(values) > 1 else list(values[0]))


def compare(one: Fingerprint, other: Fingerprint, standing: Collection[int] = ()) -> Comparison:
    """Tell whether two texts are the same copy, perhaps edited, shortened or with text of its own around it.

    Three things that unrelated texts have in common do not join them: *standing* paragraphs; the same form with other
    figures in it; an opening or closing that nothing but a few paragraphs at the edge makes alike.
    """
    shorter, longer = sorted(((f.shingles(standing), f) for f in (one, other)), key=lambda pair: len(pair[0]))
    common = shorter[0] & longer[0]
    share = round(len(common) / max(1, len(shorter[0])), 4)
    return Comparison(share, _why(share, common, shorter, longer, standing), common)


_Side = tuple[frozenset[str], Fingerprint]


def _why(share: float, common: frozenset[str], shorter: _Side, longer: _Side, standing: Collection[int]) -> Why:
    if len(common) < MIN_COMMON_SHINGLES or sum(map(_is_wordy, common)) < MIN_COMMON_SHINGLES:
        return "too-short"
    if share < MIN_SHARE:
        return "little-in-common"
    if len(common) < MIN_LONGER_SHARE * len(longer[0]):
        return "small-part"
    # The same list of prices or hours with other figures in it is another day's.
    figures = shorter[1].figures
    if len(figures) >= 5 and len(figures & longer[1].figures) * 2 < len(figures):
        return "other-figures"
    inner = _between_edges(shorter[1], longer[1], standing)
    if len(inner) >= MIN_COMMON_SHINGLES:
        return "copy" if len(inner & common) >= MIN_SHARE * len(inner) else "edges-only"
    return "copy" if len(common) >= 0.9 * len(longer[0]) else "edges-only"


def _between_edges(one: Fingerprint, other: Fingerprint, standing: Collection[int]) -> frozenset[str]:
    """Return the shingles of *one* without what may be standing text that is not known as such yet.

    That is its first paragraph if *other* opens with it, and its last two if they are among the last three of *other*.
    """
    kept, theirs = ([p for p in f.paragraphs if p.key not in standing] for f in (one, other))
    last = {p.key for p in theirs[-3:]}
    for _ in range(2):
        if kept and kept[-1].key in last:
            kept.pop()
    if kept and theirs and kept[0].key == theirs[0].key:
        kept.pop(0)
    return frozenset(chain.from_iterable(p.shingles for p in kept))


def _shingles(words: Sequence[str]) -> frozenset[str]:
    """Return all runs of SHINGLE words; a paragraph of 3 to 5 words is one."""
    if len(words) < SHINGLE:
        return frozenset((" ".join(words),)) if len(words) >= 3 else frozenset()
    return frozenset(map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))


def _is_wordy(shingle: str) -> bool:
    """Tell whether most of a shingle is words: a table of figures that two articles quote does not join them."""
    words = shingle.split()
    return sum(word.isdecimal() for word in words) * 2 < len(words)


def _sketch(paragraph: Paragraph) -> Sketch:
    return Sketch(paragraph.key, len(paragraph.shingles), array("I", _minhash(paragraph.shingles)).tobytes())


def _minhash(shingles: Collection[str]) -> list[int]:
    from rensa import RMinHash  # here: only workers and those who read again need it

    sketch = RMinHash(BANDS * ROWS, SEED)
    sketch.update(list(shingles))
    values: list[int] = sketch.digest()
    return values


def _bands(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(_number(f"{band}:{values[band * ROWS : (band + 1) * ROWS]}") for band in range(BANDS))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest())
