"""How many pairs that should meet do, and how many strangers do, too: a figure for each half of the lists.

    python -m tests.kickcrawl.stems.measure [WORDS]

The first half (every other line) was there to look at while the rules were made, the second was not. With a file of
words, these occur as well: chance words of a large archive. Each pair is asked both ways; "alone" knows no words but
those of the pair.
"""

import sys
from pathlib import Path

from kickcrawl.stems.family import Families
from tests.kickcrawl.stems.words import Words

_HERE = Path(__file__).parent
Pair = tuple[str, str]


def read_pairs(name: str) -> list[Pair]:
    """Return the pairs of a list beside this file."""
    pairs = []
    for line in (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        asked, written = line.split()
        pairs.append((asked, written))
    return pairs


def words_of(pairs: list[Pair]) -> list[str]:
    """Return their words, as the full-text index parts them."""
    return [word for pair in pairs for text in pair for word in text.split("-")]


def meets(families: Families, asked: str, written: str) -> bool:
    """Tell whether a search for one finds the other."""
    found = set(written.split("-"))
    return all(found & families.forms_of(word) for word in asked.split("-"))


def share(pairs: list[Pair], words: list[str], *, alone: bool = False) -> float:
    """Return which share of the pairs meets in a vocabulary, 0 to 1."""
    families, met = Families(Words(words)), 0
    for pair in pairs:
        known = Families(Words(words_of([pair]))) if alone else families
        met += meets(known, *pair) + meets(known, *reversed(pair))
    return met / 2 / len(pairs)


def main(more: list[str]) -> None:
    lists = {name: read_pairs(name) for name in ("pairs", "strangers")}
    words = more + [word for pairs in lists.values() for word in words_of(pairs)]
    for name, pairs in lists.items():
        for half, title in enumerate(("looked at", "kept aside")):
            part = pairs[half::2]
            figures = f"{share(part, words):.3f} {share(part, [], alone=True):.3f} alone"
            print(f"{name:<10} {title:<11} {len(part):>4} {figures}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text(encoding="utf-8").split() if sys.argv[1:] else [])
