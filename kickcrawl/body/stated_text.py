"""Read the text that a page states in its JSON-LD, for pages whose text a script builds.

In: the page, and what was read of it. Out: the paragraphs of ``articleBody`` where they hold what was read and far
more, or the same in paragraphs; else nothing. What a publisher states to be locked is not taken.
"""

import html
from collections.abc import Sequence
from typing import Any

import lxml.html

from kickcrawl.body.container import share_found
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks
from kickcrawl.page.jsonld import is_locked
from kickcrawl.page.parsed import ParsedPage

_MIN_LENGTH = 200  # characters of a stated text
_MIN_RATIO = 2  # of the stated text to what was read
_MIN_SHARED_SHARE = 0.6  # of what was read that the stated text must hold, too


def stated_text(page: ParsedPage, read: Sequence[Block]) -> list[Block]:
    """Return the blocks of the text in the page's JSON-LD if *read*, what stands on the page, is only a piece of it."""
    stated = [blocks for node in page.json_ld if (blocks := _body_of(node))]
    length = len(join_text(list(read)))
    if len(read) == 1 and (same := next((blocks for blocks in stated if _is_same(blocks, read[0])), None)):
        return same
    holding = [
        blocks
        for blocks in stated
        if len(join_text(blocks)) >= max(_MIN_LENGTH, _MIN_RATIO * length)
        and (not read or share_found([block.text for block in read], join_text(blocks)) >= _MIN_SHARED_SHARE)
    ]
    return holding[0] if len(holding) == 1 and (read or len(stated) == 1) else []


def _is_same(blocks: Sequence[Block], read: Block) -> bool:
    """Tell whether *blocks* are what was *read*, in paragraphs: trafilatura takes a stated text as a single one."""
    return len(blocks) > 1 and " ".join(fold(block.text) for block in blocks) == fold(read.text)


def _body_of(node: dict[str, Any]) -> list[Block]:
    text = node.get("articleBody")
    if not isinstance(text, str) or is_locked(node) or not text.strip():
        return []
    if "&lt;p&gt;" in text:  # escaped once more
        text = html.unescape(text)
    if "</" in text or "<br" in text:
        return read_blocks(lxml.html.fragment_fromstring(text, create_parent="div"))
    return [Block("p", line) for piece in text.split("\n") if (line := fold(piece))]
