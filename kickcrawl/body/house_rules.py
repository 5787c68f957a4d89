"""The house rules on an article's blocks: what stands between its paragraphs but was not written as part of it.

In: blocks. Out: blocks without "Baca juga" lines, advert labels and page numbers; and the links to other articles.
"""

import re
from collections.abc import Sequence

from kickcrawl.article import RelatedLink
from kickcrawl.body.teasers import article_links, find_teasers, is_only_links
from kickcrawl.page.blocks import Block

# How newsrooms label a link to another of their stories. Indonesian first, then Malay and English.
_LABEL = re.compile(
    r"^[\W_]*(?:(?:baca|simak|lihat|tonton|cek)\s+(?:juga|pula|selengkapnya|selanjutnya)"
    r"|(?:berita|artikel)\s+(?:terkait|lainnya|terkini)|read\s+(?:also|more)|see\s+also|also\s+read)"
    r"(?P<colon>\s*[:：])?",
    re.IGNORECASE,
)
# Lines that a page puts into the text by itself; whole blocks only.
_NOISE = re.compile(
    r"(?:advertisement|advertisements|iklan|advertorial space|scroll (?:to|untuk) [\w ]{0,40}|lanjut(?:kan)? membaca"
    r"|halaman ?:?[\s\d|»«›‹…]*(?:selanjutnya|berikutnya)?|pages? ?:[\s\d|]*|(?:share|bagikan) ?:?|loading\W*"
    r"|daftar isi(?: ?\[?tampil\]?)?"
    r"|lihat postingan ini di instagram|view this post on instagram)",
    re.IGNORECASE,
)
# What WordPress appends to the text in feeds; some themes print it, too.
_APPEARED_FIRST = re.compile(r"^The post .{5,300} appeared first on .{2,80}\.$", re.DOTALL)


def clean_blocks(blocks: Sequence[Block], page_url: str) -> tuple[list[Block], list[RelatedLink]]:
    """Return the blocks of *blocks* that are the article's, and the links to other articles that stood among them."""
    kept: list[Block] = []
    related: list[RelatedLink] = []
    waiting = False  # the last block was a label without a link: a list that follows belongs to it
    for block, teased in zip(blocks, find_teasers(blocks, page_url), strict=True):
        links = article_links(block, page_url)
        label = _LABEL.match(block.text)
        if label and _is_only_label_and_links(block, label):
            related += links
            waiting = not links
        elif waiting and links and is_only_links(block):
            related += links
        elif teased is not None:
            related += teased
        elif _is_contents_line(block) or _NOISE.fullmatch(block.text) or _APPEARED_FIRST.match(block.text):
            continue
        else:
            kept.append(block)
            waiting = False
    return kept, list(dict.fromkeys(related))


def _is_only_label_and_links(block: Block, label: re.Match[str]) -> bool:
    """Tell whether nothing but label and links is in *block*: a sentence that only begins so is the journalist's."""
    rest = block.text[label.end() :]
    for link in block.links:
        rest = rest.replace(link.text, "", 1)
    if not re.search(r"\w", rest):
        return True
    return bool(label["colon"]) and not block.links and len(rest.split()) <= 20


def _is_contents_line(block: Block) -> bool:
    """Tell whether *block* is a line of a table of contents: nothing but links to anchors on the same page."""
    return is_only_links(block) and all(link.href.startswith("#") for link in block.links)
