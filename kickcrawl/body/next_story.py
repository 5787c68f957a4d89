"""Cut whole other stories out of a page that goes on with them: the next article, appended for readers who scroll on.

In: a parsed page, its scope changed. A next story stands behind the headline and behind some text of the article, and
begins with a headline of its own: one that links to another article, or that of an element beside the article's own
that is an ``article``, too, or has its class,
if that speaks of one. More than an entry of a list, it has paragraphs. Many of them behind a
lone paragraph are no next stories but the chapters of a review, which link to what they tell of; and so are those
beside which the article goes on.

    <h1>Irigasi Jebol</h1><p>Warga ...</p>   <section><h2><a href="/cabai">Cabai Naik</a></h2><p>...</p><p>...</p>
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.named_container import named_container
from kickcrawl.page.parsed import ParsedPage

_HEADLINES = ("h1", "h2")
_ARTICLE = re.compile(r"article|artikel|berita|story|news|post(?!er)", re.IGNORECASE)
_PART = re.compile(r"section|bagian|chapter|block|(?:^|[\s_-])(?:part|row|col|group|item)(?:$|[\s_-])", re.IGNORECASE)
_MAX_LABEL_LENGTH = 80  # characters before its headline: a section, a date
_MIN_PARAGRAPH_LENGTH = 60  # characters
_MIN_PARAGRAPHS = 2
_MIN_HEADLINE_WORDS = 3
_MIN_CHAPTERS = 3


def cut_next_stories(page: ParsedPage, cuts: Cuts) -> None:
    """Cut the stories that follow the article in *page*'s scope; *cuts* takes note of them."""
    if page.headline is None:
        return
    headlines = [entry for entry in page.entries if next(entry.iter(*_HEADLINES), None) is not None or _in_h(entry)]
    articles = list(page.scope.iter("article"))
    own = {page.headline, *page.headline.iterancestors()}
    alike = list(_built_as(own, page.headline))
    if not headlines and not alike and len(articles) < 2:
        return
    found = [box for entry in headlines if (box := _box_of(entry, own)) is not None]
    if not own.isdisjoint(articles):
        found += [node for node in articles if node not in own and _begins_with_headline(node)]
    known = set(found)
    found += [box for box in alike if box not in known]
    stories = [box for box in found if _is_story(box)]
    if not stories:
        return
    first = _first_paragraph(page)
    position = {node: number for number, node in enumerate(page.scope.iter("*"))}
    behind = [box for box in stories if first in position and box in position and position[first] < position[box]]
    if not behind or _goes_on(behind) or (len(behind) >= _MIN_CHAPTERS and not _is_told_before(page, behind)):
        return
    body = named_container(page.scope)
    for box in behind:
        if not (body is not None and box in (body, *body.iterancestors())):
            cuts.drop(box, "beside")


def _in_h(node: HtmlElement) -> bool:
    return next(node.iterancestors(*_HEADLINES), None) is not None


def _box_of(entry: HtmlElement, own: set[HtmlElement]) -> HtmlElement | None:
    """Return the largest element that begins with *entry* and holds nothing of the *own* headline.

    None for *entry* itself, which may be a chapter of the article, unless it is built as the article.
    """
    box = entry
    while (above := box.getparent()) is not None and above not in own:
        if len(fold(" ".join(_texts_before(above, box)))) > _MAX_LABEL_LENGTH:
            break
        box = above
    if box is not entry or box.tag == "article":
        return box
    return box if any(_selector(box) == _selector(node) for node in own if node.get("class")) else None


def _built_as(own: set[HtmlElement], headline: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements behind one of *own* that have its class, and begin with a headline of the same tag.

    The class must call them articles: page builders write chapters as boxes of one class, "row", "wp-block-group".
    """
    for box in own:
        classes = box.get("class") if box is not headline else None
        if classes and _ARTICLE.search(classes) and not _PART.search(classes):
            alike = (other for other in box.itersiblings(box.tag) if other.get("class") == classes)
            yield from (other for other in alike if _has_headline(other, headline.tag))


def _has_headline(box: HtmlElement, tag: str) -> bool:
    return box.find(f".//{tag}") is not None and _begins_with_headline(box)


def _selector(node: HtmlElement) -> tuple[str, str | None]:
    return node.tag, node.get("class")


def _texts_before(holder: HtmlElement, child: HtmlElement) -> Iterator[str]:
    yield holder.text or ""
    for node in holder:
        if node is child:
            return
        yield text_of(node) if isinstance(node.tag, str) else ""
        yield node.tail or ""


def _begins_with_headline(article: HtmlElement) -> bool:
    heading = next(article.iter(*_HEADLINES), None)
    if heading is None:
        return False
    if heading.tag != "h1" and len(text_of(heading).split()) < _MIN_HEADLINE_WORDS:
        return False  # "Resep": a part of the article
    before = (text_of(node) for node in heading.itersiblings("*", preceding=True))
    return len(fold(" ".join(before))) <= _MAX_LABEL_LENGTH


def _is_story(box: HtmlElement) -> bool:
    return len([node for node in box.iter("p") if _is_long(node)]) >= _MIN_PARAGRAPHS


def _is_long(node: HtmlElement) -> bool:
    """Tell whether *node* is a paragraph of some length, or a box that begins with its text."""
    return len(fold(text_of(node) if node.tag == "p" else node.text or "")) >= _MIN_PARAGRAPH_LENGTH


def _is_told_before(page: ParsedPage, stories: list[HtmlElement]) -> bool:
    """Tell whether paragraphs of the article stand between its headline and the first of *stories*."""
    number, is_behind = 0, False
    for node in page.scope.iter("h1", "h2", "h3", "p", "div", "td", "section", "article"):
        if node in stories:
            break
        is_behind = is_behind or node is page.headline
        number += is_behind and _is_long(node) and next(node.iterancestors("figure"), None) is None
    return number >= _MIN_PARAGRAPHS


def _goes_on(stories: list[HtmlElement]) -> bool:
    """Tell whether prose that is in none of *stories* follows beside one of them."""
    beside = (node for box in stories for node in box.itersiblings("p", "div", "section") if node not in stories)
    return any((node.tag == "p" and _is_long(node)) or _is_story(node) for node in beside)


def _first_paragraph(page: ParsedPage) -> HtmlElement | None:
    """Return the first paragraph of the article behind its headline: text that is not in an entry."""
    is_behind = False
    for node in page.scope.iter("h1", "h2", "h3", "p", "div", "td"):
        is_behind = is_behind or node is page.headline
        if is_behind and _is_long(node):
            return node if not any(above in page.entries for above in (node, *node.iterancestors())) else None
    return None
