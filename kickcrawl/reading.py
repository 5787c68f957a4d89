"""How pages are read: where the body of an article stood on one page, and what pages of an outlet taught about it.

A *path* names an element by the tags above it, its own tag and its class names: "html/body/main/div.entry-content"
(see kickcrawl/body/layout.py). A *selector* is an element's tag and class names: "div.newsletter.wide". Both are
written down on one page and found again on the next, and are kept in the archive (table ``layouts``).
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class ScatteredPaths(NamedTuple):
    """Paths in a container that holds more than the article: those of its paragraphs, and those of other things.

    Both are empty where the container holds the article alone.
    """

    text: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


class BoxSelectors(NamedTuple):
    """Selectors of the boxes in a container: of *foreign* ones, which were cut out, and of those with the own text."""

    foreign: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """How an outlet builds its articles' pages, as learned from several of them.

    *body* is the path of the container. *share*: the least share of the page's prose that stood in it, 0 to 1.
    *foreign_boxes*: selectors of the boxes in it that are not of the article. *standfirst*: paths of the paragraphs
    that open the article above the container. *scattered*: those of its paragraphs if they stand among other things.
    """

    body: str
    share: float
    foreign_boxes: frozenset[str] = frozenset()
    standfirst: frozenset[str] = frozenset()
    scattered: ScatteredPaths = ScatteredPaths()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one page was read: *body* is the path of the container, None if the text stood in no one element.

    *in_full*: with all witnesses; else a stated or trusted layout served. After a full reading *share* is the share of
    the page's prose that stood in the container, 0 to 1, and *agrees* says whether the *witness* that was believed took
    the same for the text. *refuted* is the path of the container that a trusted layout would have read instead.
    *boxes*, *standfirst* and *scattered* are what a layout can be learned from, as in Layout.

    *prose* is how many characters of text outside of links the page has where the article may stand, and *read* how
    many are in the text; *cut* says how many each rule left out (kickcrawl.page.cuts.Rule), the most first.
    """

    body: str | None
    in_full: bool = True
    share: float = 0.0
    agrees: bool = False
    witness: Literal["trafilatura", "readability"] = "trafilatura"
    refuted: str | None = None
    boxes: BoxSelectors = BoxSelectors()
    standfirst: frozenset[str] = frozenset()
    scattered: ScatteredPaths = ScatteredPaths()
    prose: int = field(default=0, compare=False)
    read: int = field(default=0, compare=False)
    cut: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    @property
    def read_share(self) -> float | None:
        """The share of the prose that is in the text, 0 to 1; None where there is none."""
        return round(min(1.0, self.read / self.prose), 3) if self.prose else None
