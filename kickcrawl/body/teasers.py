"""Tell which blocks of an article's body are teasers of other articles: cards, linked headlines, lists of them.

In: blocks. Out: for each block, the links to other articles that it teases, or None where it is the article's own. A
teaser is told by how it links, not by its name: a card is one link around several blocks, a teaser's headline is a
heading that is nothing but a link, and a teaser's text ends with a link to the same address.

    Mehr zum Thema / [Harga bawang turun lagi](/harga) / Petani mengeluh. [mehr](/harga)   ->   all three
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from kickcrawl.article import RelatedLink
from kickcrawl.compare.notices import without_label
from kickcrawl.page.blocks import Block, fold
from kickcrawl.urls import joined
from kickcrawl.vocabulary import WORDS, any_of

MIN_HEADLINE_WORDS = 4  # a link of fewer words may be a name or a town
MAX_MORE_WORDS = 3  # in "mehr", "read more", "baca selengkapnya"
MAX_TEASER_WORDS = 60  # in a teaser's text before that
MAX_LABEL_WORDS = 6  # in what stands over teasers
# A bar or an arrow and a word, behind a headline that is a link: "Harga bawang turun lagi | mehr".
_LEADS_ON = re.compile(rf"\w\W*\s[|›»→>]\s*{any_of(WORDS.links.more)}\W*$", re.IGNORECASE)
_MAX_DATE_WORDS = 5  # of when another article came out: "14 Juli 2025 09:30 WITA"
# A few words and a colon before a headline in its line: "Tonton juga video:", "【関連】：".
_LEAD = re.compile(r"\W{0,5}\w[^\s:：]*(?:\s+[^\s:：]+){0,4}\s*[:：]")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip)$", re.IGNORECASE)
_MIN_SENTENCE_WORDS = 15  # of a linked paragraph that may be the journalist's; headlines of as many end without a mark
_SENTENCE = re.compile(r"[.!?…。]['\"”’»)]*$")


def find_teasers(blocks: Sequence[Block], linked: Sequence[list[RelatedLink]]) -> list[list[RelatedLink] | None]:
    """Return for each of *blocks* the links that it teases, None where it is the article's own.

    *linked* are the article_links() of each. The list is empty for a teaser's text and for the label above teasers.
    """
    alone = [
        links if links and (is_only_links(block) or _is_dated_item(block)) else None
        for block, links in zip(blocks, linked, strict=True)
    ]
    found = [links if links and _is_headline(blocks, alone, n) else None for n, links in enumerate(alone)]
    for n, (block, links) in enumerate(zip(blocks, linked, strict=True)):
        if links and found[n] is None and _is_labelled_headline(block, links):
            found[n] = links
    for begin, end in _runs(blocks, alone):
        before = blocks[begin - 1] if begin else None
        if end == len(blocks) or (before is not None and is_label(before)):
            found[begin:end] = alone[begin:end]
            if before is not None and is_label(before):
                found[begin - 1] = []  # also a heading that text follows: it is what the list stands under
    for n, block in enumerate(blocks):
        teased = {link.url for links in found[max(0, n - 2) : n] for link in links or ()}
        if found[n] is None and block.links and block.words <= MAX_TEASER_WORDS and _leads_on(block, linked[n], teased):
            found[n] = []
    for n in range(len(blocks) - 2, -1, -1):
        if found[n] is None and found[n + 1] is not None and is_label(blocks[n]) and not _heads(blocks, found, n):
            found[n] = []
    return found


def article_links(block: Block, page_url: str) -> list[RelatedLink]:
    """Return the links of *block* that lead to another page of the same site; its front page does not count."""
    if not block.links:
        return []
    here = urlsplit(page_url)
    found = []
    for link in block.links:
        try:
            url = joined(page_url, link.href)
            there = urlsplit(url)
        except ValueError:
            continue
        same_site = there.hostname is not None and there.hostname.removeprefix("www.") == (
            here.hostname or ""
        ).removeprefix("www.")
        if there.scheme in ("http", "https") and same_site and there.path.strip("/") not in ("", here.path.strip("/")):
            found.append(RelatedLink(url=url, title=link.text))
    return found


def is_only_links(block: Block) -> bool:
    """Tell whether *block* holds links, and no word beside them."""
    if not block.links:
        return False
    rest = fold(block.text)
    for link in block.links:
        rest = rest.replace(link.text, "", 1)
    return not re.search(r"\w", rest)


def _is_headline(blocks: Sequence[Block], alone: Sequence[list[RelatedLink] | None], n: int) -> bool:
    """Tell whether block *n*, nothing but links, is another article's headline, or part of a card around one."""
    links, block = alone[n] or [], blocks[n]
    if len(links) != len(block.links):
        return False
    if _is_own_sentence(blocks, alone, n):
        return False
    if block.words >= MIN_HEADLINE_WORDS and (block.kind in ("p", "quote", "h") or _LEADS_ON.search(block.text)):
        return True
    card = {link.url for link in links}
    beside = [alone[m] or [] for m in (n - 1, n + 1) if 0 <= m < len(blocks)]
    return len(card) == 1 and any(card == {link.url for link in other} for other in beside)


def _is_own_sentence(blocks: Sequence[Block], alone: Sequence[list[RelatedLink] | None], n: int) -> bool:
    """Tell whether paragraph *n* is a sentence that the journalist made a link, longer than headlines are.

    It stands between paragraphs of the text. A card's excerpt stands beside its headline.
    """
    if not 0 < n < len(blocks) - 1 or blocks[n].words < _MIN_SENTENCE_WORDS:
        return False
    beside = (blocks[n - 1], blocks[n], blocks[n + 1])
    is_text = all(block.kind == "p" and _SENTENCE.search(block.text) for block in beside)
    return is_text and alone[n - 1] is None and alone[n + 1] is None


def _is_labelled_headline(block: Block, links: Sequence[RelatedLink]) -> bool:
    """Tell whether *block* is a few words with a colon, whatever they say, and another article's headline."""
    label = _LEAD.match(block.text)
    if label is None or block.kind not in ("p", "quote", "h") or len(links) != len(block.links):
        return False
    if without_label(block.text) is not None or any(_FILE.search(link.url) for link in links):  # a correction, a source
        return False
    headlines = all(replace(block, text=link.text).words >= MIN_HEADLINE_WORDS for link in block.links)
    return headlines and is_only_links(replace(block, text=block.text[label.end() :]))


def _is_dated_item(block: Block) -> bool:
    """Tell whether *block* is an item of a list: a link, and at most a few words with a figure: "2 jam lalu"."""
    rest = fold(block.text).removeprefix(block.links[0].text) if block.kind == "li" and len(block.links) == 1 else ""
    return len(rest.split()) <= _MAX_DATE_WORDS and rest.strip()[:1].isdigit() and not _SENTENCE.search(rest)


def _runs(blocks: Sequence[Block], alone: Sequence[list[RelatedLink] | None]) -> list[tuple[int, int]]:
    """Return the runs (begin, end) of two or more list items that only link to articles, most with a headline."""
    runs, begin = [], None
    for n in range(len(blocks) + 1):
        if n < len(blocks) and blocks[n].kind == "li" and alone[n] is not None:
            begin = n if begin is None else begin
        elif begin is not None:
            long = sum(block.words >= MIN_HEADLINE_WORDS for block in blocks[begin:n])
            if n - begin >= 2 and 2 * long > n - begin:
                runs.append((begin, n))
            begin = None
    return runs


def _leads_on(block: Block, links: Sequence[RelatedLink], teased: set[str]) -> bool:
    """Tell whether *block* ends with a few words that link to an article teased just before."""
    last = block.links[-1]
    return (
        bool(links)
        and links[-1].url in teased
        and len(last.text.split()) <= MAX_MORE_WORDS
        and block.text.endswith(last.text)
    )


def is_label(block: Block) -> bool:
    """Tell whether *block* may be what stands over teasers: a short heading, or a few words and a colon."""
    return (
        block.words <= MAX_LABEL_WORDS
        and not _SENTENCE.search(block.text)
        and (block.kind == "h" or block.text[-1] == ":")
    )


def _heads(blocks: Sequence[Block], found: Sequence[list[RelatedLink] | None], n: int) -> bool:
    """Tell whether the heading *n* belongs to text of the article that follows the teasers."""
    after = next((block for block, links in zip(blocks[n + 1 :], found[n + 1 :], strict=True) if links is None), None)
    return blocks[n].kind == "h" and after is not None and after.kind != "h"
