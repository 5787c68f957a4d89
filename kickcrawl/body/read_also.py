"""Cut a read-also line out of the paragraph that it stands in: behind a line break, or between two sentences.

In: a block. Out: the block without it, and the links. A label alone is no reason: it must lead to a link to another
article, and stand where no sentence goes on.

    Air tidak mengalir. Baca juga: [Harga Solar Naik](/solar) Petani menyewa pompa.   ->   Air ... Petani menyewa pompa.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kickcrawl.article import RelatedLink
from kickcrawl.body.teasers import article_links
from kickcrawl.page.blocks import Block
from kickcrawl.vocabulary import WORDS, any_of

_LABELS = any_of((*WORDS.links.read_also, *WORDS.links.more_articles))
_BEFORE_COLON = any_of(WORDS.links.read_also_before_colon)
# A label, up to the link behind it; and the bracket that it may stand in.
_LABEL = re.compile(
    rf"(?P<open>[(\[]\s*)?(?<!\w)(?:{_LABELS}(?!\w)\s*(?P<colon>[:：>»→–—-])?|{_BEFORE_COLON}\s*(?P<only>[:：]))\s*",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"\s*[)\]]")
_BOUNDARY = re.compile(r"(?:^|\n|[.!?…:;”\"’')\]–—|])\s*[\W_]*$")


class _Line(NamedTuple):
    """A read-also line in a text: its label, and where label and link begin and end."""

    label: re.Match[str]
    start: int
    end: int
    is_bracketed: bool


def without_read_also(block: Block, page_url: str) -> tuple[Block, list[RelatedLink]]:
    """Return *block* without the read-also lines inside it, and what they link to.

    Unchanged where it says nothing else: it is then a read-also line itself.
    """
    links = article_links(block, page_url) if block.links else []
    if not links or not _LABEL.search(block.text):
        return block, []
    text, found = block.text, []
    for link in links:
        line = next((line for line in _lines_with(link.title, text) if _is_line(text, line)), None)
        rest = _joined(text, line) if line else ""
        if line and re.search(r"\w", rest):
            text = rest
            found.append(link)
    kept = tuple(link for link in block.links if link.text not in {other.title for other in found})
    return (replace(block, text=text, links=kept), found) if found else (block, [])


def _lines_with(title: str, text: str) -> Iterator[_Line]:
    """Yield each place of *text* where a label stands before *title*, which may be in quotation marks."""
    words = r"\s+".join(map(re.escape, title.split()))
    shown = re.compile(rf"[\"“]?{words}[\"”]?", re.IGNORECASE)
    for label in _LABEL.finditer(text):
        link = shown.match(text, label.end())
        if link is None:
            continue
        if label["open"] and (close := _CLOSE.match(text, link.end())):
            yield _Line(label, label.start(), close.end(), is_bracketed=True)
        else:
            start = label.start() if label["open"] is None else label.end("open")
            yield _Line(label, start, link.end() + text.startswith(".", link.end()), is_bracketed=False)


def _is_line(text: str, line: _Line) -> bool:
    """Tell whether *line*, a label and its link, is no part of a sentence."""
    before, behind = text[: line.start], text[line.end :]
    if line.is_bracketed:
        return True
    if line.label["only"]:  # a verb and a colon, "Baca:", which is none behind another word: "Learn more: ..."
        return bool(_BOUNDARY.search(before))
    is_alone = before.rpartition("\n")[2].strip() == "" and behind.partition("\n")[0].strip() == ""
    return is_alone or (bool(line.label["colon"]) and (bool(_BOUNDARY.search(before)) or text[line.start].isupper()))


def _joined(text: str, line: _Line) -> str:
    """Return *text* without *line*, its lines and sentences parted as before."""
    before, behind = text[: line.start].rstrip(" "), text[line.end :].lstrip(" ")
    if before.endswith("\n") or behind.startswith("\n"):
        return f"{before.rstrip()}\n{behind.lstrip()}".strip()
    return f"{before}{'' if behind[:1] in tuple('.,;') else ' '}{behind}".strip()
