"""Find the standfirst: the paragraph between headline and body that a newsroom writes above a story.

In: the story's scope, pruned, and the element of its body. Out: its text. It is told by its name alone, because what
else stands there (bylines, labels, captions, excerpts of the text itself) looks the same.
"""

import re

from lxml.html import HtmlElement

from kickcrawl.blocks import fold, text_of

# Words of class names; the trade's own, in the languages of the outlets seen.
_NAMES = frozenset(
    (
        "standfirst lead lede intro introduction abstract summary dek deck subtitle subheadline vorspann chapeau "
        "entradilla bajada ringkasan teras"
    ).split()
)
_LEAST = 40  # characters: less is a label
_INSIDE = frozenset("p div section ul ol table h1 h2 h3".split())
_WORD = re.compile(r"[a-z]+")


def find_standfirst(scope: HtmlElement, headline: HtmlElement | None, body: HtmlElement, text: str) -> str | None:
    """Return the standfirst that stands behind *headline* and before *body*, unless *text* has it, too."""
    behind = headline is None
    for node in scope.iter("*"):
        if node is body:
            return None
        behind = behind or node is headline
        if not behind or node.find(".//a") is not None or any(child.tag in _INSIDE for child in node):
            continue
        if not _NAMES.isdisjoint(_words(node)) or not _NAMES.isdisjoint(_words(node.getparent())):
            own = fold(text_of(node))
            if len(own) >= _LEAST and own.rstrip(".… []") not in text:
                return own
    return None


def _words(node: HtmlElement | None) -> list[str]:
    return _WORD.findall((node.get("class") or "").lower()) if node is not None else []
