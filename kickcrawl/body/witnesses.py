"""The two witnesses of where an article's text is: trafilatura and readability. The only module that calls them.

In: a tree. Out: the paragraphs that they take for the text, white space folded; nothing where they find none.
"""

import logging

import lxml.html
import trafilatura
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from kickcrawl.body.images import take_images
from kickcrawl.page.blocks import fold, read_blocks
from kickcrawl.page.html import new_parser

# They log "discarding data" and "error getting summary"; a rejection says the same once.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)

_MIN_HEADLINE_LENGTH = 16  # characters: a shorter one may stand in a line of text by chance


def find_text(scope: HtmlElement, url: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the text of *scope*, captions left out; *scope* is used up."""
    texts = [fold(h1.text_content()) for h1 in scope.iter("h1")]
    headlines = [text for text in texts if len(text) >= _MIN_HEADLINE_LENGTH]
    document = lxml.html.document_fromstring("<html><body></body></html>", parser=new_parser())
    document[0].append(scope)
    take_images(document, url)
    found = trafilatura.bare_extraction(document, include_comments=False, with_metadata=False, deduplicate=False)
    lines = [fold(line) for line in (getattr(found, "text", None) or "").split("\n") if fold(line)]
    # Where trafilatura finds no body it returns the whole page as one line, headline included: that tells nothing.
    if len(lines) == 1 and any(headline in lines[0] != headline for headline in headlines):
        return []
    return lines


def find_readable(scope: HtmlElement) -> list[str]:
    """Return the paragraphs that readability takes for the text of *scope*, pruned; [] if it finds none."""
    try:
        written = lxml.html.tostring(scope, encoding="unicode").encode("utf-8", "replace")
        summary = Document(lxml.html.document_fromstring(written, parser=new_parser())).summary()
    except Unparseable:
        return []
    return [block.text for block in read_blocks(lxml.html.document_fromstring(summary))]
