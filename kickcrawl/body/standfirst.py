"""Find the standfirst: what a newsroom writes between headline and body to open the article.

In: the article's scope, pruned, and its container. Out: the standfirst's elements in reading order. Bylines, labels,
captions and excerpts of the text stand there, too. So a standfirst is told by its name, by the page's description,
which repeats it, by a witness that took it for text, or by its path, if standfirsts stood there on the outlet's other
pages.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.body.layout import path_of
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.vocabulary import WORDS

# Words of class names: what newsrooms call it, in the languages of the outlets seen.
_NAMES = frozenset(
    (
        *"standfirst lead lede intro introduction abstract summary dek deck subtitle subheadline".split(),
        *"excerpt subhead subheading".split(),
        *WORDS.class_names.standfirst,
    )
)
_MIN_SENTENCE_LENGTH = 40  # characters: less is a label
_MIN_PARAGRAPH_LENGTH = 80  # characters
_MAX_PARAGRAPHS = 3
_BLOCK_TAGS = frozenset("p div section ul ol table h1 h2 h3 h4".split())
_WORD = re.compile(r"[a-z]+")
_WORDS = re.compile(r"\w+")
_BARS = re.compile(r"[|•·\n]")
_DESCRIPTIONS: Any = etree.XPath(
    "/*/head/meta[@name='description' or @property='og:description']/@content", smart_strings=False
)
_ENDS_IN_CLOCK = re.compile(r"\d[:.]\d\d(?: ?[A-Za-z]{2,5})?$")


def find_standfirst(
    scope: HtmlElement,
    headline: HtmlElement | None,
    container: HtmlElement,
    text: str,
    *,
    found: Sequence[str] = (),
    paths: Collection[str] = (),
) -> list[HtmlElement]:
    """Return the paragraphs between *headline* and *container* that open the article and are not part of *text*, too.

    *text* is that of the body. *found*: the paragraphs that a witness took for the page's text. *paths*: those of
    standfirsts on the outlet's other pages. Without a headline, everything before the container is searched.
    """
    chosen: list[HtmlElement] = []
    descriptions: list[str] | None = None
    for node in _between(scope, headline, container):
        if len(chosen) == _MAX_PARAGRAPHS:
            break
        own = fold(text_of(node))
        if not _is_sentence(own) or any(holder is headline or holder in chosen for holder in node.iterancestors()):
            continue
        told = own in found or _is_named(node) or (bool(paths) and path_of(node) in paths)
        if own.rstrip(".… []") in text:
            continue
        if not told and descriptions is None:
            descriptions = _descriptions(scope, headline)
        if told or _is_described(own, descriptions or ()):
            chosen.append(node)
    return chosen


def opens_body(node: HtmlElement, body: HtmlElement) -> bool:
    """Tell whether *node* is called a standfirst, is a sentence, and stands before all paragraphs of *body*."""
    if not _is_named(node) or not _is_sentence(fold(text_of(node))):
        return False
    first = next(one for one in body.iter("*") if one is node or _is_paragraph(one))
    return first is node


def _is_paragraph(node: HtmlElement) -> bool:
    return node.tag == "p" and len(fold(text_of(node))) >= _MIN_PARAGRAPH_LENGTH


def _descriptions(scope: HtmlElement, headline: HtmlElement | None) -> list[str]:
    """Return what the head of the page says of the article, in words; not if it is but the *headline*."""
    title = _spoken(text_of(headline)) if headline is not None else ""
    said = [_spoken(content) for content in _DESCRIPTIONS(scope)]
    return [words for words in said if len(words) >= _MIN_SENTENCE_LENGTH and words not in title]


def _is_described(text: str, descriptions: Sequence[str]) -> bool:
    """Tell whether the page's description is *text*, or as much of it as its length allows, or begins with it."""
    own = _spoken(text)
    return any(own.startswith(said) or said.startswith(own) for said in descriptions)


def _spoken(text: str) -> str:
    """Return the words of *text* in lower case, since quotation marks and dashes are often written otherwise."""
    return " ".join(_WORDS.findall(text.lower()))


def _between(scope: HtmlElement, headline: HtmlElement | None, container: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements without blocks inside between *headline*, or the beginning if None, and *container*."""
    behind, above = headline is None, set(container.iterancestors())
    for node in scope.iter("*"):
        if node is container:
            return
        if behind and node not in above and next(node.iterdescendants(*_BLOCK_TAGS), None) is None:
            yield node
        behind = behind or node is headline


def _is_sentence(text: str) -> bool:
    """Tell whether *text* is more than the names, labels and times with bars between them that make up a byline."""
    return any(
        len(piece) >= _MIN_SENTENCE_LENGTH and not _ENDS_IN_CLOCK.search(piece)
        for piece in map(str.strip, _BARS.split(text))
    )


def _is_named(node: HtmlElement) -> bool:
    """Tell whether *node* or its parent has such a class name, and no link, which would lead to another article."""
    has_name = not _NAMES.isdisjoint(_words(node)) or not _NAMES.isdisjoint(_words(node.getparent()))
    return has_name and node.tag != "a" and node.find(".//a") is None


def _words(node: HtmlElement | None) -> list[str]:
    return _WORD.findall((node.get("class") or "").lower()) if node is not None else []
