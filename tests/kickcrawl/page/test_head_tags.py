"""Meta tags and links of a page, each read once."""

import lxml.html

from kickcrawl.page.head_tags import FileLink, Meta, read_head_tags

HEAD = "<meta property='og:type' content='article'><link rel='canonical' href='/panen'><meta name='author'>"
BODY = "<article><meta itemprop='datePublished' content='2025-07-14'><h1>Panen Raya</h1></article>"


def test_tags_are_read_in_their_order_wherever_they_stand_and_as_written() -> None:
    head = read_head_tags(lxml.html.document_fromstring(f"<html><head>{HEAD}</head><body>{BODY}</body></html>"))
    assert head.metas == (
        Meta("og:type", "", "", "article"),
        Meta("", "author", "", ""),
        Meta("", "", "datePublished", "2025-07-14"),
    )
    assert head.links == (FileLink("canonical", "/panen"),)
    assert (head.stated("og:type"), head.stated("og:url")) == (["article"], [])
