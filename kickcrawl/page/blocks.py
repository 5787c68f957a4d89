"""Turn a piece of an HTML tree into the blocks that a reader sees: paragraphs, headings, quotes, items, table rows.

In: an lxml element. Out: a list of Block in reading order. Two line breaks in a row separate two paragraphs, as
newsrooms write that paste from a word processor; a single one stays as "\\n" inside its block. White space is folded.

    <div>Satu<br><br>Dua <a href="/x">tiga</a></div>   ->   Block("p", "Satu"), Block("p", "Dua tiga", links=...)
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.elements import HEADINGS, is_inline, is_silent
from kickcrawl.page.formulas import formula_of
from kickcrawl.page.raised import join_fractions, lower_figures, raise_figures

Kind = Literal["p", "h", "quote", "li", "tr"]

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(HEADINGS, "h"), **dict.fromkeys(("li", "dt", "dd"), "li"), "blockquote": "quote", "tr": "tr",
}  # fmt: skip
_PIECES: Any = etree.XPath(".//text()", smart_strings=False)
_WHITE = " \t\r\n\f\v\u00a0"
# White space that is not one space already; single spaces are left alone, which saves a third of the time.
_SPACE = re.compile(f"[{_WHITE[1:]}][{_WHITE}]*| [{_WHITE}]+")
# Zero-width space, soft hyphen, word joiner and byte order mark are no part of a word; control characters, single
# surrogates and code points that are no characters are no text. The white space among the controls is left to _SPACE.
# The controls from U+0080 on are meant as the quotation marks and dashes of Windows-1252, which is how HTML's parsers
# read &#146;.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_WINDOWS = {chr(code): bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
_UNPARTED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, Khmer, Japanese, Chinese
_PARAGRAPH_BREAK = re.compile(r"\n[ \n]*\n")
_LINE_BREAK = re.compile(r" *\n *")
_SPACES = re.compile(r" +")
_COLUMN_TAGS = ("h1", "h2", "h3", "table", "article", "section")
_SUPER = re.compile(r"vertical-align:\s*super")
_MAX_CELL_LENGTH = 400  # characters of a cell with line breaks; a longer one is a text of several paragraphs
_CELL_BREAK = "\x1f"  # ASCII unit separator: cannot stand in an HTML text node that lxml hands out


class Link(NamedTuple):
    """A link inside a block: its text, folded, and its address as written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, quotation, list item or table row (its cells separated by `` | ``)."""

    kind: Kind
    text: str
    links: tuple[Link, ...] = ()

    @property
    def words(self) -> int:
        """The number of words of its text; of scripts that part no words, two characters count as one."""
        words = len(self.text.split())
        return words if self.text.isascii() else words + len(_UNPARTED.findall(self.text)) // 2


def fold(text: str) -> str:
    """Return *text* with every run of white space as one space, both ends stripped, invisible characters removed.

    All words of pages and seeds pass through here or through read_blocks, also those from JSON, which may hold NULs and
    single surrogates, which no database stores.
    """
    if text.isprintable() and "  " not in text:  # six of ten texts hold nothing to fold
        return text.strip()
    text = text.strip(_WHITE)
    if text.isprintable() and "  " not in text:  # line breaks and indents around it, or alone
        return text
    # Not the words of the text itself, which are parted at spaces of any kind; half of the pattern's time.
    words = text.replace("\u00a0", " ").encode(errors="surrogatepass").split()
    text = b" ".join(words).decode(errors="surrogatepass")
    return text if text.isprintable() else _fold(text).strip()


def _fold(text: str) -> str:
    # Most texts hold nothing to fold; this tells so in a tenth of the time.
    if text.isprintable() and "  " not in text:
        return text
    if not text.strip(_WHITE):  # the line breaks and indents between most tags
        return " "
    text = _SPACE.sub(" ", text)
    if text.isprintable():
        return text
    return _SPACE.sub(" ", _INVISIBLE.sub(lambda match: _WINDOWS.get(match[0], ""), text))


def text_of(node: etree._Element) -> str:
    """Return all text inside *node* as it is written, white space included."""
    if len(node) == 0:  # six of ten nodes that are asked for hold text alone: a quarter of the time
        return node.text or ""
    # A quarter of the time of XPath's string(); itertext() makes a Python object of each element on its way.
    return etree.tostring(node, method="text", encoding="unicode", with_tail=False)


def spaced_text_of(node: etree._Element) -> str:
    """Return all text inside *node* with a space between each two pieces that a tag parts."""
    return " ".join(_PIECES(node)) if len(node) else node.text or ""


def read_blocks(container: HtmlElement) -> list[Block]:
    """Return the blocks of *container* in reading order; empty ones are left out.

    Iterative, since deeply nested pages would exhaust the stack of a recursive function.
    """
    reader = _Reader()
    walker = etree.iterwalk(container, events=("start", "end", "comment", "pi"))
    skipped: HtmlElement | None = None
    for event, node in walker:
        if event == "start":
            if skipped is not None:
                continue
            if is_silent(node) or node.tag == "math":
                skipped = node
                reader.text(formula_of(node) if node.tag == "math" else None)
            else:
                reader.open(node)
            continue
        if event == "end":
            if skipped is None:
                reader.close(node)
            elif node is skipped:
                skipped = None
        if skipped is None and node is not container:
            reader.text(node.tail)
    return reader.finish()


class _Reader:
    """Collects the text between the borders of blocks; keeps track of the quotes, items, headings and rows around."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.buffer: list[str] = []
        self.links: list[Link] = []
        self.anchor: tuple[str, int] | None = None  # its href, and the index in the buffer at which its text begins
        self.opened: list[tuple[bool, Kind | None]] = []  # of each open element: whether it parts lines, and its kind
        self.context: list[Kind] = []
        self.rows = 0  # depth of open table rows; cells inside do not end the block
        self.preformatted = 0  # depth of open elements in which line breaks are meant

    def text(self, text: str | None) -> None:
        if not text:
            return
        is_meant = self.preformatted and not self.rows
        text = "\n".join(map(_fold, text.split("\n"))) if is_meant else _fold(text)
        if text != " " or self.buffer:  # no text begins with the white space between two tags
            self.buffer.append(text)

    def open(self, node: HtmlElement) -> None:
        tag = node.tag
        parts, kind = tag != "br" and not is_inline(node), _kind(node) if tag in _KINDS else None
        self.opened.append((parts, kind))
        if tag == "br":
            self.buffer.append("\n")
        elif tag == "a":
            self.anchor = (node.get("href") or "", len(self.buffer))
        elif tag in ("td", "th") and self.rows:
            self.buffer.append(_CELL_BREAK)
        elif parts and self.rows:
            self.buffer.append(" ")
        elif parts:
            self.flush()
        elif tag in ("sup", "sub") or (tag == "span" and _SUPER.search(node.get("style") or "")):
            self._shifted(node)
            return
        self.preformatted += tag == "pre"
        if kind:
            self.context.append(kind)
            self.rows += kind == "tr"
        self.text(node.text)

    def close(self, node: HtmlElement) -> None:
        tag = node.tag
        if tag == "a":
            self._end_link()
            self.anchor = None
        parts, kind = self.opened.pop()
        if parts and (not self.rows or tag == "tr"):
            self.flush()
        self.preformatted -= tag == "pre"
        if kind:
            self.context.pop()
            self.rows -= kind == "tr"

    def _shifted(self, node: HtmlElement) -> None:
        """Take in the text at the beginning of a raised or lowered element."""
        text = node.text or ""
        self.text(lower_figures(text, "".join(self.buffer[-2:])) if node.tag == "sub" else raise_figures(text))

    def _end_link(self) -> None:
        """Note the link whose text ends here: at its end tag, or at the end of a block inside the link."""
        if self.anchor is not None:
            href, start = self.anchor
            if href and (label := fold("".join(self.buffer[start:]).replace(_CELL_BREAK, " "))):
                self.links.append(Link(label, href))

    def flush(self) -> None:
        if not self.buffer:  # between two tags without text: three of four
            return
        self._end_link()
        raw, links = "".join(self.buffer), tuple(self.links)
        self.buffer.clear()
        self.links.clear()
        if self.anchor:
            self.anchor = (self.anchor[0], 0)
        if not raw or raw.isspace():  # as between most tags
            return
        raw = join_fractions(raw)
        kind: Kind = self.context[-1] if self.context else "p"
        for piece in [raw] if self.rows or "\n" not in raw else _PARAGRAPH_BREAK.split(raw):
            text = _row(piece) if self.rows else _lines(piece)
            if text:
                folded = fold(text) if links else ""
                self.blocks.append(Block(kind, text, tuple(link for link in links if link.text in folded)))

    def finish(self) -> list[Block]:
        self.flush()
        return self.blocks


def _lines(raw: str) -> str:
    """Return *raw* with single spaces and bare line breaks."""
    if "\n" not in raw and "  " not in raw:
        return raw.strip()
    return _LINE_BREAK.sub("\n", _SPACES.sub(" ", raw)).strip()


def _row(raw: str) -> str:
    before, *inside = raw.split(_CELL_BREAK)
    cells = [fold(cell) for cell in ([before] if fold(before) else []) + inside]
    return " | ".join(cells) if any(cells) else ""


def _kind(node: HtmlElement) -> Kind | None:
    kind = _KINDS[node.tag]
    return None if kind == "tr" and any(map(is_column, node)) else kind  # a table for layout


def is_column(cell: HtmlElement) -> bool:
    """Tell whether a table's *cell* is a column of the page: it holds paragraphs, headings, or a table itself."""
    if len(list(islice(cell.iter("p"), 2))) > 1 or next(cell.iter(*_COLUMN_TAGS), None) is not None:
        return True
    return next(cell.iter("br"), None) is not None and len(text_of(cell)) > _MAX_CELL_LENGTH


def join_text(blocks: list[Block]) -> str:
    """Return the text of *blocks*, separated by empty lines."""
    return "\n\n".join(block.text for block in blocks)
