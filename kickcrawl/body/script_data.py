"""Read the text that a page hands to its scripts as data, for pages that hold nothing else before a script has run.

In: the page, of which nothing could be read. Out: the blocks of the article. Which of the data is the article's is told
by its headline: the record that has the page's title among its values, and the longest HTML or tree of an editor
(rich_text.py) in that record; without any, the longest lines.

    window.data = {"title": "Harga cabai naik", "author": {...}, "content": "<p>Petani ...</p><p>..."}
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from typing import Any

import lxml.html

from kickcrawl.body.rich_text import html_of
from kickcrawl.page.blocks import Block, fold, join_text, read_blocks
from kickcrawl.page.boilerplate import prune
from kickcrawl.page.jsonld import is_locked
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.pictures.images import take_images

_OPENS = re.compile(r"(?:^|[=(,:])\s*(?=[{\[])|\bJSON\.parse\(\s*(?=\")")  # where a value of JSON may begin
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
# Names of what a record holds beside its text: what readers say, other articles, the site's rules.
_OTHER_NAME = re.compile(
    r"comment|komentar|repl(?:y|ies)|related|terkait|recommend|rekomendasi|latest|popul|disclaimer|terms|cookie|licen[cs]e"
    r"|privacy|footer|consent|^(?:next|prev|more)",
    re.IGNORECASE,
)
_MIN_LENGTH = 200  # characters of a text
_MIN_TITLE_WORDS = 3
_MAX_BYTES = 1 << 21  # of a script
_MAX_TRIES = 50  # of places in one script
_MAX_NESTED = 2  # JSON in a string of JSON, and once more
_DECODER = json.JSONDecoder()


def data_text(page: ParsedPage) -> list[Block]:
    """Return the blocks of the article in the data of the page's scripts and of its components; none if there are none.

    For a page of which nothing else could be read; its elements are asked, since those of the scope are gone by then.
    """
    if any(map(is_locked, page.json_ld)):
        return []
    titles = [words for title in _titles(page) if len(words := _words(title)) >= _MIN_TITLE_WORDS]
    records = (record for data in _data(page) for value in _values(data) for record in _in(value))
    about = [record for record in records if _is_about(record, titles)]
    return _longest(map(_html_in, about), page.url) or _longest(map(_lines_in, about), page.url)


def _longest(texts: Iterable[Iterator[str]], url: str) -> list[Block]:
    read = (_read(text, url) for text in dict.fromkeys(chain.from_iterable(texts)))
    long = [blocks for blocks in read if len(join_text(blocks)) >= _MIN_LENGTH]
    return max(long, key=lambda blocks: len(join_text(blocks)), default=[])


def _titles(page: ParsedPage) -> Iterator[str]:
    yield from (title.text or "" for title in page.root.iterfind("head/title"))
    yield from (meta.content for meta in page.head.metas if meta.property == "og:title" or meta.name == "title")


def _data(page: ParsedPage) -> Iterator[str]:
    """Yield what may hold JSON: scripts in the page, and attributes of components, as Inertia and Vue hand data on."""
    for node in page.elements:
        if node.tag == "script" and not node.get("src") and node.get("type") != "application/ld+json":
            yield node.text or ""
        elif isinstance(node.tag, str):
            yield from (value for value in map(str, node.values()) if len(value) >= _MIN_LENGTH and value[0] in "{[")


def _values(script: str) -> Iterator[Any]:
    """Yield the JSON values that begin behind a sign of assignment or a call in *script*; none within another."""
    position = 0
    for _ in range(_MAX_TRIES if len(script) <= _MAX_BYTES else 0):
        found = _OPENS.search(script, position)
        if found is None:
            return
        try:
            value, position = _DECODER.raw_decode(script, found.end())
        except (ValueError, RecursionError):
            position = found.end() + 1
        else:
            yield value


def _in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the records in *value*, and in the JSON that strings in it hold, without recursion into it."""
    todo = [(value, 0)]
    while todo:
        one, depth = todo.pop()
        if isinstance(one, dict):
            yield one
            todo += [(inner, depth) for inner in one.values()]
        elif isinstance(one, list):
            todo += [(inner, depth) for inner in one]
        elif isinstance(one, str) and depth < _MAX_NESTED and len(one) >= _MIN_LENGTH and '{"' in one:
            todo += [(inner, depth + 1) for inner in _values(one)]


def _is_about(record: dict[str, Any], titles: list[list[str]]) -> bool:
    """Tell whether a value of *record* is one of *titles*, or its beginning, behind which the site is named."""
    said = [words for text in _strings(record) if len(words := _words(text)) >= _MIN_TITLE_WORDS]
    return any(title[: len(words)] == words for words in said for title in titles)


def _html_in(record: dict[str, Any]) -> Iterator[str]:
    """Yield the texts in *record* that are HTML, or the tree of an editor, as HTML."""
    yield from (text for text in _strings(record) if len(text) >= _MIN_LENGTH and _MARKUP.search(text))
    yield from (text for value in _own(record).values() if len(text := html_of(value)) >= _MIN_LENGTH)


def _lines_in(record: dict[str, Any]) -> Iterator[str]:
    """Yield the texts in *record* that are lines, as HTML: they may be anything, so they stand behind the others."""
    for text in _strings(_own(record)):
        if len(text) >= _MIN_LENGTH and "\n" in text.strip() and "{" not in text:
            yield "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _own(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if not _OTHER_NAME.search(name)}


def _strings(record: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of *record*, and of the records that are its values: {"content": {"rendered": "<p>..."}}."""
    for value in record.values():
        inner = value.values() if isinstance(value, dict) else (value,)
        yield from (text for text in inner if isinstance(text, str))


def _read(text: str, url: str) -> list[Block]:
    root = lxml.html.fragment_fromstring(text, create_parent="div")
    take_images(root, url)
    prune(root, keep=root)
    return read_blocks(root)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).lower()[:300])
