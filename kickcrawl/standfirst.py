"""Find the standfirst: what a newsroom writes between headline and body, as the opening of its story.

In: the story's scope, pruned, and the element of its body. Out: the elements, outermost text first to last. Bylines,
labels, captions and excerpts of the text itself stand there, too: so the standfirst is told by its name, by a witness
that took it for text, or by where it stood on the outlet's other pages.
"""

import re
from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from kickcrawl.blocks import fold, text_of
from kickcrawl.layout import path_of

# Words of class names; the trade's own, in the languages of the outlets seen.
_NAMES = frozenset(
    (
        "standfirst lead lede intro introduction abstract summary dek deck subtitle subheadline vorspann chapeau "
        "entradilla bajada ringkasan teras"
    ).split()
)
_LEAST = 40  # characters: less is a label
_MOST = 3  # paragraphs
_INSIDE = frozenset("p div section ul ol table h1 h2 h3 h4".split())
_WORD = re.compile(r"[a-z]+")


def find_standfirst(
    scope: HtmlElement,
    headline: HtmlElement | None,
    body: HtmlElement,
    text: str,
    *,
    found: Sequence[str] = (),
    paths: Collection[str] = (),
) -> list[HtmlElement]:
    """Return the paragraphs behind *headline* and before *body* that open the story and do not stand in *text*, too.

    *found*: what a witness took for the text of the page. *paths*: where standfirsts stood on the outlet's other pages.
    """
    behind = headline is None
    standing: list[HtmlElement] = []
    for node in scope.iter("*"):
        if node is body or len(standing) == _MOST:
            break
        behind = behind or node is headline
        if not behind or node is headline or any(child.tag in _INSIDE for child in node):
            continue
        if node.find(".//a") is None and _is_named(node) or (paths and path_of(node) in paths) or found:
            own = fold(text_of(node))
            if len(own) < _LEAST or own.rstrip(".… []") in text:
                continue
            if _is_named(node) and node.find(".//a") is None or path_of(node) in paths or own in found:
                standing.append(node)
    return [node for node in standing if not any(other in standing for other in node.iterancestors())]


def _is_named(node: HtmlElement) -> bool:
    return not _NAMES.isdisjoint(_words(node)) or not _NAMES.isdisjoint(_words(node.getparent()))


def _words(node: HtmlElement | None) -> list[str]:
    return _WORD.findall((node.get("class") or "").lower()) if node is not None else []
