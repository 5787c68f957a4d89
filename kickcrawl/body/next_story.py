"""Cut whole other stories out of a page that goes on with them: the next article, appended for readers who scroll on.

In: a parsed page, its scope changed. A next story stands behind the headline and behind some text of the article, and
begins with a headline of its own: one that links to another article, or that of an ``article`` element beside the
article's own. More than an entry of a list, it has paragraphs.

    <h1>Irigasi Jebol</h1><p>Warga ...</p>   <section><h2><a href="/cabai">Cabai Naik</a></h2><p>...</p><p>...</p>
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from kickcrawl.body.container import named_container
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.parsed import ParsedPage

_HEADLINES = ("h1", "h2")
_MAX_LABEL_LENGTH = 80  # characters before its headline: a section, a date
_MIN_PARAGRAPH_LENGTH = 60  # characters
_MIN_PARAGRAPHS = 2


def cut_next_stories(page: ParsedPage, cuts: Cuts) -> None:
    """Cut the stories that follow the article in *page*'s scope; *cuts* takes note of them."""
    if page.headline is None:
        return
    headlines = [entry for entry in page.entries if next(entry.iter(*_HEADLINES), None) is not None or _in_h(entry)]
    articles = list(page.scope.iter("article"))
    if not headlines and len(articles) < 2:
        return
    own = {page.headline, *page.headline.iterancestors()}
    found = [box for entry in headlines if (box := _box_of(entry, own)) is not None]
    if not own.isdisjoint(articles):
        found += [node for node in articles if node not in own and _begins_with_headline(node)]
    stories = [box for box in found if _is_story(box)]
    if not stories:
        return
    first = _first_paragraph(page)
    position = {node: number for number, node in enumerate(page.scope.iter("*"))}
    body = named_container(page.scope)
    for box in stories:
        is_behind = first in position and box in position and position[first] < position[box]
        if is_behind and not (body is not None and box in (body, *body.iterancestors())):
            cuts.drop(box, "beside")


def _in_h(node: HtmlElement) -> bool:
    return any(above.tag in _HEADLINES for above in node.iterancestors())


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
    before = (text_of(node) for node in heading.itersiblings("*", preceding=True))
    return len(fold(" ".join(before))) <= _MAX_LABEL_LENGTH


def _is_story(box: HtmlElement) -> bool:
    long = [node for node in box.iter("p") if len(fold(text_of(node))) >= _MIN_PARAGRAPH_LENGTH]
    return len(long) >= _MIN_PARAGRAPHS


def _first_paragraph(page: ParsedPage) -> HtmlElement | None:
    """Return the first paragraph of the article behind its headline: text that is not in an entry."""
    is_behind = False
    for node in page.scope.iter("h1", "h2", "h3", "p", "div", "td"):
        is_behind = is_behind or node is page.headline
        text = text_of(node) if node.tag == "p" else node.text or ""
        if is_behind and len(fold(text)) >= _MIN_PARAGRAPH_LENGTH:
            return node if not any(above in page.entries for above in (node, *node.iterancestors())) else None
    return None
