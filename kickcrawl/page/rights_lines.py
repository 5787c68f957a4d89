"""Find the last lines of a page that have a sign of rights: "© 2025 Kabar Selong".

In: the page's tree. Out: texts, the last first, with the elements around them. Photographers have theirs in figures:
these do not count.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

MAX_LINES = 2  # the last of the page: photographers stand above them
_UNREAD = ("figure", "script")


class RightsLine(NamedTuple):
    """A *text* with the sign, directly in the element *holder*, and before the node *after*, if any."""

    text: str
    holder: HtmlElement
    after: HtmlElement | None

    @property
    def is_shown(self) -> bool:
        """Whether it is text: a style sheet may have rights of its own."""
        return bool(self.holder.tag != "style")


def last_rights_lines(root: HtmlElement, text: str) -> list[RightsLine]:
    """Return the last MAX_LINES lines of *root*, whose body has this *text*, the last first; more up to one shown."""
    found: list[RightsLine] = []
    for line in _from_the_end(root, text.count("©")):
        found.append(line)
        if len(found) >= MAX_LINES and any(one.is_shown for one in found):
            break
    return found


def _from_the_end(root: HtmlElement, left: int) -> Iterator[RightsLine]:
    """Yield the lines from the end of the page on, which has *left* signs.

    Most stand in the footer: then little of the page is looked at.
    """
    body = next(root.iter("body"), None)
    if body is None:
        return
    # The last is next: an element with all in it and behind it, or only the text that it opens with.
    waiting: list[tuple[HtmlElement, bool]] = [(body, False)]
    while waiting and left > 0:
        node, is_open = waiting.pop()
        if not is_open and isinstance(node.tag, str):
            waiting.append((node, True))
            waiting += [(child, False) for child in node]
        text = node.text if is_open else node.tail if node is not body else None
        if not text or "©" not in text:
            continue
        left -= text.count("©")
        opening, behind = (node, next(iter(node), None)), (node.getparent(), node.getnext())
        line = RightsLine(text, *(opening if is_open else behind))
        if line.holder.tag not in _UNREAD and next(line.holder.iterancestors(*_UNREAD), None) is None:
            yield line
