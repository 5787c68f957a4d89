"""Keep what was cut out of a page, and by which rule, so that nothing is lost unseen.

Whoever cuts says why. What is shown of it (`explain --page`) and what is counted (the record of the reading) is made of
the same list.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from lxml.html import HtmlElement

from kickcrawl.page.blocks import Block, fold, text_of

# What a rule goes by. "element": HTML says that it is no text. "hidden": it is not shown. "name": a box outside of the
# body with a telling name. "named box": one with a second witness. "embed": words of a social network.
# "aside": an aside, header or footer. "foreign box": no witness has it. "layout": the outlet's other pages told so.
# "caption": of a picture. "beside": outside of the body. "filler", "related", "about": lines that house rules take out.
Rule = Literal[
    "element", "hidden", "name", "named box", "embed", "aside", "foreign box", "layout", "caption", "beside", "filler",
    "related", "about",
]  # fmt: skip
RULES: tuple[Rule, ...] = get_args(Rule)

_SURE: frozenset[Rule] = frozenset(("named box", "embed"))
_CODE = frozenset(("script", "style", "noscript", "template", "svg"))  # their text is nobody's prose
_MIN_LINE_LENGTH = 4  # characters: a shorter line may stand in other words, too


class Cut(NamedTuple):
    """A piece of a page that was left out, and the rule that did it."""

    rule: Rule
    text: str


@dataclass(slots=True)
class Cuts:
    """All that was left out of one page, in the order in which it was."""

    made: list[Cut] = field(default_factory=list)

    def drop(self, node: HtmlElement, rule: Rule) -> None:
        """Cut *node* out of its tree, what stands behind it left in place; nothing if it was cut before."""
        if node.getparent() is None:
            return
        if node.tag not in _CODE and (text := fold(text_of(node))):
            self.made.append(Cut(rule, text))
        node.drop_tree()

    def note(self, blocks: list[Block], rule: Rule) -> None:
        """Note that *blocks* were left out."""
        self.made += [Cut(rule, block.text) for block in blocks]

    def without_sure(self, lines: list[str]) -> list[str]:
        """Return those of *lines* that do not stand in what was cut on the word of two witnesses."""
        sure = "\n".join(cut.text for cut in self.made if cut.rule in _SURE)
        return [line for line in lines if len(line) < _MIN_LINE_LENGTH or line not in sure] if sure else lines

    def lengths(self) -> dict[str, int]:
        """Return how many characters each rule cut."""
        counted: Counter[str] = Counter()
        for cut in self.made:
            counted[cut.rule] += len(cut.text)
        return dict(counted)
