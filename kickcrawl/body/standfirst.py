"""Find the standfirst: what a newsroom writes between headline and body, as the opening of its story.

In: the story's scope, pruned, and the element of its body. Out: the elements, outermost text first to last. Bylines,
labels, captions and excerpts of the text itself stand there, too: so the standfirst is told by its name, by a witness
that took it for text, or by where it stood on the outlet's other pages.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from kickcrawl.body.layout import path_of
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.vocabulary import WORDS

# Words of class names; the trade's own, in the languages of the outlets seen.
_NAMES = frozenset(
    (
        *"standfirst lead lede intro introduction abstract summary dek deck subtitle subheadline".split(),
        *WORDS.class_names.standfirst,
    )
)
_LEAST = 40  # characters: less is a label
_MOST = 3  # paragraphs
_INSIDE = frozenset("p div section ul ol table h1 h2 h3 h4".split())
_WORD = re.compile(r"[a-z]+")
_BARS = re.compile(r"[|•·\n]")
_ENDS_IN_CLOCK = re.compile(r"\d[:.]\d\d(?: ?[A-Za-z]{2,5})?$")


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
    standing: list[HtmlElement] = []
    for node in _between(scope, headline, body):
        if len(standing) == _MOST:
            break
        told = _is_named(node) or (bool(paths) and path_of(node) in paths)
        if not (told or found) or any(holder is headline or holder in standing for holder in node.iterancestors()):
            continue
        own = fold(text_of(node))
        if _is_sentence(own) and own.rstrip(".… []") not in text and (told or own in found):
            standing.append(node)
    return standing


def _between(scope: HtmlElement, headline: HtmlElement | None, body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what is no more than a paragraph behind *headline*, if there is one, and before *body*."""
    behind = headline is None
    for node in scope.iter("*"):
        if node is body:
            return
        if behind and next(node.iterdescendants(*_INSIDE), None) is None:
            yield node
        behind = behind or node is headline


def _is_sentence(text: str) -> bool:
    """Tell whether *text* is more than names, labels and times, as they stand with bars between them in a byline."""
    return any(len(piece) >= _LEAST and not _ENDS_IN_CLOCK.search(piece) for piece in map(str.strip, _BARS.split(text)))


def _is_named(node: HtmlElement) -> bool:
    """Tell whether *node* or its parent is named so; not if it holds a link, or is one: those lead to other stories."""
    named = not _NAMES.isdisjoint(_words(node)) or not _NAMES.isdisjoint(_words(node.getparent()))
    return named and node.tag != "a" and node.find(".//a") is None


def _words(node: HtmlElement | None) -> list[str]:
    return _WORD.findall((node.get("class") or "").lower()) if node is not None else []
