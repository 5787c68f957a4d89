"""The two witnesses of where an article's text is: trafilatura and readability. The only module that calls them.

In: a tree. Out: the paragraphs that they take for the text, white space folded; nothing where they find none.
"""

import logging
import re
from functools import lru_cache

import lxml.html
import trafilatura
from lxml.etree import Element, SubElement
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable
from trafilatura.settings import Extractor
from trafilatura.xpaths import OVERALL_DISCARD_XPATH

from kickcrawl.page.blocks import fold, is_column, read_blocks, text_of
from kickcrawl.page.html import new_parser
from kickcrawl.pictures.images import take_images

# They log "discarding data" and "error getting summary"; a rejection says the same once.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)

_OPTIONS = Extractor(output_format="python", comments=False)  # made once: that takes .5 ms
_NAMES = ("class", "id", "role")  # in which trafilatura looks for its words
# Those of its words that tell what a thing is.
_TELLING = re.compile(
    r"embed|elated|stories|more-on|next-|permission|message|premium|paid-?content|cookie|consent", re.I
)
_MIN_HEADLINE_LENGTH = 16  # characters: a shorter one may stand in a line of text by chance


def find_text(scope: HtmlElement, url: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the text of *scope*, captions left out; *scope* is used up."""
    texts = [fold(text_of(h1)) for h1 in scope.iter("h1")]
    headlines = [text for text in texts if len(text) >= _MIN_HEADLINE_LENGTH]
    document = lxml.html.document_fromstring("<html><body></body></html>", parser=new_parser())
    document[0].append(scope)
    take_images(document, url)
    _open_layout_tables(document)
    found = trafilatura.bare_extraction(document, options=_OPTIONS)
    lines = list(filter(None, map(fold, (getattr(found, "text", None) or "").split("\n"))))
    # Where trafilatura finds no body it returns the whole page as one line, headline included: that tells nothing.
    if len(lines) == 1 and any(headline in lines[0] != headline for headline in headlines):
        return []
    return lines


def _open_layout_tables(root: HtmlElement) -> None:
    """Make boxes of tables that are columns of the page: trafilatura reads each as one line of a table."""
    opened: list[HtmlElement] = []
    for table in root.iter("table"):
        own = [node for node in table.iter("tbody", "tr", "td") if next(node.iterancestors("table")) is table]
        if any(is_column(node) for node in own if node.tag == "td"):
            opened += [table, *own]
    for node in opened:
        node.tag = "div"


@lru_cache(maxsize=10_000)
def _is_passed_over(tag: str, attributes: tuple[tuple[str, str], ...]) -> bool:
    around = Element("div")
    SubElement(around, tag, dict(attributes))
    return any(query(around) for query in OVERALL_DISCARD_XPATH)


def goes_by_name(node: HtmlElement) -> bool:
    """Tell whether trafilatura passes over *node*, or what alone is in it, for a name that does not tell what it is.

    Its words are parts of names, and most say how a thing is shown: "hide-sm", "foto-slide", "kabar" (for its "bar").
    """
    while True:
        told = tuple((name, value) for name in _NAMES if (value := node.get(name)))
        if told and _is_passed_over(node.tag, told):
            return not any(_TELLING.search(value) for _, value in told)
        if len(node) != 1 or not isinstance(node[0].tag, str):
            return False
        node = node[0]


def find_readable(scope: HtmlElement) -> list[str]:
    """Return the paragraphs that readability takes for the text of *scope*, pruned; [] if it finds none."""
    try:
        written = lxml.html.tostring(scope, encoding="unicode").encode("utf-8", "replace")
        summary = Document(lxml.html.document_fromstring(written, parser=new_parser())).summary()
    except Unparseable:
        return []
    return [block.text for block in read_blocks(lxml.html.document_fromstring(summary))]
