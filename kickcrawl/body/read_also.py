"""Cut a read-also line out of the paragraph that it stands in: behind a line break, or between two sentences.

In: a block. Out: the block without it, and the links. A label alone is no reason: it must lead to a link to another
article, and stand where no sentence goes on.

    Air tidak mengalir. Baca juga: [Harga Solar Naik](/solar) Petani menyewa pompa.   ->   Air ... Petani menyewa pompa.
"""

import re
from dataclasses import replace
from functools import lru_cache

from kickcrawl.article import RelatedLink
from kickcrawl.body.teasers import article_links
from kickcrawl.page.blocks import Block
from kickcrawl.vocabulary import WORDS, any_of

_LABELS = any_of((*WORDS.links.read_also, *WORDS.links.more_articles))
_BEFORE_COLON = any_of(WORDS.links.read_also_before_colon)
_LABEL = re.compile(rf"(?<!\w)(?:{_LABELS}(?!\w)|{_BEFORE_COLON}\s*[:：])", re.IGNORECASE)
_BOUNDARY = re.compile(r"(?:^|\n|[.!?…:;”\"’')\]–—|])\s*[\W_]*$")


def without_read_also(block: Block, page_url: str) -> tuple[Block, list[RelatedLink]]:
    """Return *block* without the read-also lines inside it, and what they link to.

    Unchanged where it says nothing else: it is then a read-also line itself.
    """
    if not block.links or not _LABEL.search(block.text):
        return block, []
    text, found = block.text, []
    for link in article_links(block, page_url):
        match = next((match for match in _line_with(link.title).finditer(text) if _is_line(text, match)), None)
        rest = _joined(text, match) if match else ""
        if match and re.search(r"\w", rest):
            text = rest
            found.append(link)
    kept = tuple(link for link in block.links if link.text not in {other.title for other in found})
    return (replace(block, text=text, links=kept), found) if found else (block, [])


@lru_cache(maxsize=256)
def _line_with(title: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, title.split()))
    return re.compile(
        rf"(?P<open>[(\[]\s*)?(?<!\w)(?:{_LABELS}(?!\w)\s*(?P<colon>[:：>»→–—-])?|{_BEFORE_COLON}\s*(?P<only>[:：]))\s*[\"“]?{words}[\"”]?(?(open)(?P<close>\s*[)\]])|\.?)",
        re.IGNORECASE,
    )


def _is_line(text: str, match: re.Match[str]) -> bool:
    """Tell whether the label and link found by *match* are no part of a sentence."""
    before, behind = text[: match.start()], text[match.end() :]
    if match["open"] and match["close"]:
        return True
    if match["only"]:  # a verb and a colon, "Baca:", which is none behind another word: "Learn more: ..."
        return bool(_BOUNDARY.search(before))
    is_alone = before.rpartition("\n")[2].strip() == "" and behind.partition("\n")[0].strip() == ""
    return is_alone or (bool(match["colon"]) and (bool(_BOUNDARY.search(before)) or match[0].lstrip()[0].isupper()))


def _joined(text: str, match: re.Match[str]) -> str:
    """Return *text* without what *match* found, its lines and sentences parted as before."""
    before, behind = text[: match.start()].rstrip(" "), text[match.end() :].lstrip(" ")
    if before.endswith("\n") or behind.startswith("\n"):
        return f"{before.rstrip()}\n{behind.lstrip()}".strip()
    return f"{before}{'' if behind[:1] in tuple('.,;') else ' '}{behind}".strip()
