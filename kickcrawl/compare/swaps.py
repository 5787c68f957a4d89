"""Find what became what between two states of a text: figures, names, quotes. Pure.

Figures are compared where they stand (12 killed, 14 hurt -> 14 killed, 12 hurt is two swaps); names and quotes as a
whole: one that is still somewhere in the text is no difference.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from kickcrawl.compare.diff import aligned
from kickcrawl.compare.figures import Word, read_words
from kickcrawl.compare.names import read_names, read_quotes


@dataclass(frozen=True, slots=True)
class Swap:
    """*old* became *new*; None where something only appeared or vanished."""

    old: str | None
    new: str | None

    def __str__(self) -> str:
        if self.old is None:
            return f"added {self.new}"
        return f"{self.old} -> {self.new}" if self.new is not None else f"removed {self.old}"


def figure_swaps(old: Sequence[list[Word]], new: Sequence[list[Word]]) -> tuple[Swap, ...]:
    """Return which figures became which in the same place, and which only vanished or appeared.

    *old* and *new* are the paragraphs of a passage. Those that both have are left out: a moved one is no difference.
    """
    both = {tuple(words) for words in old} & {tuple(words) for words in new}
    before, after = (list(chain.from_iterable(w for w in words if tuple(w) not in both)) for words in (old, new))
    swaps: list[Swap] = []
    gone: list[Word] = []
    come: list[Word] = []
    for kind, a, b in aligned(before, after):
        were, are = [word for word in a if word.is_figure], [word for word in b if word.is_figure]
        if kind == "replace" and len(were) == len(are):
            swaps += [Swap(one.written, other.written) for one, other in zip(were, are, strict=True) if one != other]
        elif kind != "equal":
            gone += were
            come += are
    moved = Counter(gone) & Counter(come)
    swaps += [Swap(figure.written, None) for figure in gone if figure not in moved]
    swaps += [Swap(None, figure.written) for figure in come if figure not in moved]
    return tuple(dict.fromkeys(swaps))


def name_swaps(old: Sequence[str], new: Sequence[str]) -> tuple[Swap, ...]:
    """Return the names in two lists of paragraphs of which a word stands nowhere in the other."""
    known = [set(read_words("\n".join(paragraphs))) for paragraphs in (old, new)]
    vanished = [name for name in read_names(old) if not known[1].issuperset(read_words(name))]
    appeared = [name for name in read_names(new) if not known[0].issuperset(read_words(name))]
    return _paired(vanished, appeared)


def quote_swaps(old: str, new: str) -> tuple[Swap, ...]:
    """Return the quotes that only one of two texts has, whatever their punctuation."""
    before, after = ({tuple(read_words(quote)): quote for quote in read_quotes(text)} for text in (old, new))
    return _paired([before[words] for words in before if words not in after],
                   [after[words] for words in after if words not in before])  # fmt: skip


def _paired(vanished: Sequence[str], appeared: Sequence[str]) -> tuple[Swap, ...]:
    if len(vanished) == len(appeared) == 1:
        return (Swap(vanished[0], appeared[0]),)
    return (*(Swap(one, None) for one in vanished), *(Swap(None, one) for one in appeared))
