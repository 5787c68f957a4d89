"""Read the text that a page hands to its scripts as data, for pages that hold nothing else before a script has run.

In: the page, before its scripts are cut. Out: the blocks of the article. Which of the data is the article's is told by
its headline: the record that has the page's title among its values, and the longest HTML in that record.

    window.data = {"title": "Harga cabai naik", "author": {...}, "content": "<p>Petani ...</p><p>..."}
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from kickcrawl.page.blocks import Block, fold, join_text, read_blocks
from kickcrawl.page.boilerplate import prune
from kickcrawl.page.jsonld import is_locked
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.pictures.images import take_images

_TITLES: Any = etree.XPath("//head/title/text() | //meta[@property='og:title' or @name='title']/@content")
_SCRIPTS: Any = etree.XPath("//script[not(@src) and not(@type='application/ld+json')]")
_OPENS = re.compile(r"(?:^|[=(,:])\s*(?=[{\[])")  # where a value of JSON may begin
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_MIN_LENGTH = 200  # characters of a text
_MIN_TITLE_WORDS = 3
_MAX_BYTES = 1 << 21  # of a script
_MAX_TRIES = 50  # of places in one script
_DECODER = json.JSONDecoder()


def data_text(page: ParsedPage) -> list[Block]:
    """Return the blocks of the article in the data of the page's scripts; none if the page holds a paragraph itself."""
    if next(page.root.iter("p", "article"), None) is not None or any(map(is_locked, page.json_ld)):
        return []
    titles = [words for title in _TITLES(page.root) if len(words := _words(title)) >= _MIN_TITLE_WORDS]
    records = (
        record for script in _SCRIPTS(page.root) for value in _values(script.text or "") for record in _in(value)
    )
    texts = [text for record in records if _is_about(record, titles) for text in _html_in(record)]
    read = [blocks for text in dict.fromkeys(texts) if len(join_text(blocks := _read(text, page.url))) >= _MIN_LENGTH]
    return max(read, key=lambda blocks: len(join_text(blocks)), default=[])


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
    """Yield the records in *value*, without recursion into it."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            yield one
            todo += one.values()
        elif isinstance(one, list):
            todo += one


def _is_about(record: dict[str, Any], titles: list[list[str]]) -> bool:
    """Tell whether a value of *record* is one of *titles*, or its beginning, behind which the site is named."""
    said = [words for text in _strings(record) if len(words := _words(text)) >= _MIN_TITLE_WORDS]
    return any(title[: len(words)] == words for words in said for title in titles)


def _html_in(record: dict[str, Any]) -> list[str]:
    return [text for text in _strings(record) if len(text) >= _MIN_LENGTH and _MARKUP.search(text)]


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
