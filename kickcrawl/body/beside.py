"""Find paragraphs of the article that stand beside its container: behind a stray ``</div>``, before the body begins.

In: the article's scope, pruned, its headline and its container. Out: elements before and behind the container, in
reading order. A paragraph there is the article's if it is built as those in the container are and stands next to it or
to another one of the article; a correction notice is, wherever it stands.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.compare.notices import without_label
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import is_inline, is_silent
from kickcrawl.page.line import ends_as_sentence
from kickcrawl.page.second_witness import is_notice_box

_MIN_SENTENCE_LENGTH = 15  # characters before its full stop
_MIN_LEAD_LENGTH = 80  # characters of a heading that is a sentence without its full stop, or a lead
_MAX_NOTICE_LENGTH = 600  # characters
_MAX_PARAGRAPHS = 12  # on either side
_PARAGRAPHS = ("p", "h2", "h3")
_NOTICE_TAGS = tuple("p div aside section footer header blockquote li dd td small em i".split())


class Beside(NamedTuple):
    """What stands beside the container and is the article's, in reading order."""

    before: list[HtmlElement]
    behind: list[HtmlElement]


def find_beside(scope: HtmlElement, headline: HtmlElement | None, container: HtmlElement, text: str) -> Beside:
    """Return the paragraphs of the article before and behind *container*, whose text is *text*; none is in it, too."""
    usual: set[str] = set()
    for node in container.iter("p"):
        if (step := _step(node)) not in usual and len(fold(text_of(node))) >= _MIN_LEAD_LENGTH:
            usual.add(step)
    before = [] if headline is None or not _follows(headline, container) else _before(headline, container, usual)
    behind = _behind(container, usual)
    notices = list(_notices(scope, container, {*before, *behind}))
    where = {node: n for n, node in enumerate(scope.iter("*"))} if notices else {}
    for notice in notices:
        side = before if where[notice] < where[container] else behind
        side.append(notice)
        side.sort(key=lambda node: where.get(node, 0))
    return Beside(
        [node for node in before if not _is_part(node, text)], [node for node in behind if not _is_part(node, text)]
    )


def notices_of(scope: HtmlElement, first: HtmlElement, text: str) -> Beside:
    """Return the correction notices in *scope* that are not in *text*, before and behind its *first* paragraph."""
    where = {node: number for number, node in enumerate(scope.iter("*"))}
    notices = [node for node in _notices(scope, first, set()) if not _is_part(node, text)]
    before = [node for node in notices if where[node] < where[first]]
    return Beside(before, [node for node in notices if node not in before])


def _before(headline: HtmlElement, container: HtmlElement, usual: Collection[str]) -> list[HtmlElement]:
    """Return the paragraphs next before *container*, at its side or at the side of what holds it."""
    found: list[HtmlElement] = []
    node = container
    while (parent := node.getparent()) is not None and not found and headline not in node.iter(headline.tag):
        for sibling in node.itersiblings(preceding=True):
            if sibling is headline or not _is_paragraph(sibling, usual) or len(found) == _MAX_PARAGRAPHS:
                break
            found.insert(0, sibling)
        node = parent
    return found


def _behind(container: HtmlElement, usual: Collection[str]) -> list[HtmlElement]:
    """Return the paragraphs that follow *container* without anything between, built as those in it."""
    found: list[HtmlElement] = []
    if (container.tail or "").strip():
        return found
    for sibling in container.itersiblings():
        if sibling.tag != "p" or not _is_paragraph(sibling, usual) or len(found) == _MAX_PARAGRAPHS:
            break
        found.append(sibling)
    return found


def _is_paragraph(node: HtmlElement, usual: Collection[str]) -> bool:
    """Tell whether *node* is a paragraph of prose that is built as the *usual* ones, or a lead that is a heading."""
    if node.tag not in _PARAGRAPHS or next(node.iter("img", "time"), None) is not None:
        return False
    text = fold(text_of(node))
    linked = sum(len(fold(text_of(link))) for link in node.iter("a"))
    if 2 * linked >= len(text):
        return False
    if node.tag != "p":  # a lead
        return len(text) >= _MIN_LEAD_LENGTH
    return ends_as_sentence(text, _MIN_SENTENCE_LENGTH) and _step(node) in usual


def _notices(scope: HtmlElement, container: HtmlElement, known: set[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the innermost elements outside of *container* that are correction notices."""
    inside, found = {*container.iter("*"), *container.iterancestors()}, set(known)
    for node in scope.iter(*_NOTICE_TAGS):
        if node in inside or next(node.iter("a"), None) is not None:
            continue
        if not ((is_box := is_notice_box(node)) or _is_line(node)):
            continue
        text = fold(text_of(node))
        if len(text) > _MAX_NOTICE_LENGTH or not (is_box or without_label(text) is not None):
            continue
        if not ends_as_sentence(text, _MIN_SENTENCE_LENGTH):
            continue
        if found.isdisjoint((node, *node.iterancestors())):
            found.add(node)
            yield node


def _is_line(node: HtmlElement) -> bool:
    return all(is_inline(child) or is_silent(child) or child.tag == "br" for child in node)


def _is_part(node: HtmlElement, text: str) -> bool:
    return fold(text_of(node)).rstrip(".… []") in text


def _follows(headline: HtmlElement, container: HtmlElement) -> bool:
    """Tell whether *container* stands behind *headline* and does not hold it."""
    return headline not in container.iter(headline.tag)


def _step(node: HtmlElement) -> str:
    return ".".join([node.tag, *sorted((node.get("class") or "").split())])
