"""Keep what was cut out of a page, and by which rule, so that nothing is lost unseen.

Whoever cuts says why. What is shown of it (`explain --page`) and what is counted (the record of the reading) is made of
the same list.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.blocks import Block, fold, read_blocks, text_of

# What a rule goes by.
Rule = Literal[
    "element",  # HTML says that it is no text: a menu, a button, a form
    "hidden",  # it is not shown
    "name",  # a box outside of the body with a telling class name
    "named box",  # the same with a second witness, also in the body
    "aside",  # an aside, header or footer
    "embed",  # words of a social network
    "entry",  # an entry of a list that leads to another article
    "caption",  # of a picture; most are kept in articles.images
    "note mark",  # of a footnote
    "foreign box",  # a box in the body that no witness has
    "layout",  # the same, as the outlet's other pages have taught
    "filler",  # a line that a page puts into any text: an advert's label, a list of tags
    "related",  # a link to another article; kept in articles.related
    "about",  # headline, byline, date or tags, read together with the text
    "beside",  # no rule took it: it stands outside of what was read
]
RULES: tuple[Rule, ...] = get_args(Rule)

_SURE: frozenset[Rule] = frozenset(("named box", "embed"))
_CODE = frozenset(("script", "style", "noscript", "template", "svg"))  # their text is nobody's prose
_MIN_LINE_LENGTH = 4  # characters: a shorter line may stand in other words, too
_LENGTH: Any = etree.XPath("string-length(normalize-space())")  # a third of the time that words in Python take


class Cut(NamedTuple):
    """A piece of a page that was left out, and the rule that did it."""

    rule: Rule
    text: str


class _Piece(NamedTuple):
    rule: Rule
    what: HtmlElement | str
    prose: int  # characters


class Cuts:
    """All that was left out of one page, in the order in which it was.

    *prose* is how much the page has where the article may stand, in characters; 0 until measure() was called. Not
    *is_in_full*: nobody will call without_sure().
    """

    __slots__ = ("_done", "_gone", "_is_in_full", "_pieces", "_sure", "prose")

    def __init__(self, *, is_in_full: bool = True) -> None:
        self.prose = 0
        self._is_in_full = is_in_full
        self._done: set[HtmlElement] = set()
        self._pieces: list[_Piece] = []
        self._gone: set[HtmlElement] = set()
        self._sure: list[str] = []

    def copy(self) -> "Cuts":
        """Return another list of what was left out so far, to go on with in a copy of the tree."""
        other = Cuts()
        other.prose, other._pieces, other._sure = self.prose, list(self._pieces), list(self._sure)
        return other

    def drop(self, node: HtmlElement, rule: Rule) -> None:
        """Cut *node* out of its tree, what stands behind it left in place; nothing if it was cut before."""
        if node.getparent() is None:
            return
        if node.tag in _CODE:
            node.drop_tree()
            return
        if rule in _SURE and self._is_in_full:
            self._sure.append(fold(text_of(node)))
        if self._gone.isdisjoint(node.iterancestors()):
            self._pieces.append(_Piece(rule, node, prose_in(node)))
            self._gone.add(node)
            if rule in _SURE or not self._is_in_full:
                self._done.add(node)
            node.drop_tree()

    def is_done_with(self, node: HtmlElement) -> bool:
        """Tell whether *node* stands in a piece that was cut, so that nothing changes if it is cut, too."""
        return not self._done.isdisjoint(node.iterancestors())

    def note(self, texts: Iterable[Block | str], rule: Rule) -> None:
        """Note that *texts* were left out; of a string all is prose."""
        for text in texts:
            if isinstance(text, Block):
                self._pieces.append(_Piece(rule, text.text, prose_of([text])))
            else:
                self._pieces.append(_Piece(rule, text, len(text)))

    def measure(self, root: HtmlElement) -> None:
        """Take what is left below *root*, with what was cut out of it so far, for the prose of the page."""
        self.prose = prose_in(root) + sum(piece.prose for piece in self._pieces)

    def without_sure(self, lines: list[str]) -> list[str]:
        """Return those of *lines* that do not stand in what was cut on the word of two witnesses.

        White space does not count, nor the dash before an item: trafilatura writes an item's lines as one.
        """
        if not self._sure:
            return lines
        sure = "\n".join("".join(text.split()) for text in self._sure)
        return [
            line
            for line in lines
            if len(line) < _MIN_LINE_LENGTH or "".join(line.removeprefix("- ").split()) not in sure
        ]

    def lengths(self) -> Counter[str]:
        """Return how many characters of prose each rule cut; what the layout tells counts as "foreign box".

        Else an article had other figures when its page is read again, in full or by a layout that is known by then.
        """
        counted: Counter[str] = Counter()
        for piece in self._pieces:
            counted["foreign box" if piece.rule == "layout" else piece.rule] += piece.prose
        return +counted

    def told(self) -> list[Cut]:
        """Return each piece that holds text."""
        cuts = [Cut(piece.rule, _shown(piece.what)) for piece in self._pieces]
        return [cut for cut in cuts if cut.text]


def prose_in(node: HtmlElement) -> int:
    """Return the characters of text in *node* outside of links and code, each run of white space counted as one."""
    if node.tag == "a":
        return 0
    length = _length(node)
    for inner in node.iter("a", *_CODE) if length else ():
        length -= _length(inner) - (0 if inner.tag == "a" else sum(map(_length, inner.iter("a"))))
    return max(0, length)


def _length(node: HtmlElement) -> int:
    if len(node) == 0 and (text := node.text or "").isprintable() and "  " not in text:  # most links
        return len(text.strip(" "))
    return int(_LENGTH(node))


def prose_of(blocks: Iterable[Block]) -> int:
    """Return the characters of text in *blocks* outside of links."""
    return sum(len(block.text) - sum(len(link.text) for link in block.links) for block in blocks)


def _shown(what: HtmlElement | str) -> str:
    if isinstance(what, str):
        return what
    return " ".join(block.text for block in read_blocks(what)) or fold(text_of(what))  # a button, a note's mark
