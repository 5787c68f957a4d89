"""Write the tree of an editor, as content systems hand it to their scripts, as HTML.

In: a JSON value. Out: HTML of its paragraphs, empty where it is no such tree. A block names its type, and holds a text,
or a list of what stands in it: Fusion, Editor.js, Contentful, ProseMirror, Lexical, Slate, Portable Text.

    [{"type": "paragraph", "children": [{"text": "Harga "}, {"text": "cabai", "bold": true}]}]   ->   <p>Harga cabai</p>
"""

import re
from html import escape
from typing import Any

_TYPES = ("type", "_type", "nodeType")
_TEXTS = ("text", "value", "content", "html")
_LISTS = ("children", "content", "content_elements", "items", "blocks", "nodes")
_ENVELOPES = ("data", "root", "json", "document", "doc")
_WORDS = frozenset(("text", "span", "link", "hyperlink", "a", "strong", "em", "b", "i"))  # types of parts of a line
# Blocks of these are no paragraphs of the text, whatever words they hold.
_OTHERS = re.compile(
    r"image|picture|photo|video|audio|gallery|embed|raw.?html|interstitial|related|promo|newsletter|\bads?\b"
)
_NAMES = ("title", "headline", "judul", "slug", "author")  # a record with one of these is an entry, not a block
_MAX_DEPTH = 30


def html_of(value: Any) -> str:
    """Return the paragraphs in *value* as HTML; an empty string where it is no tree of blocks."""
    return "".join(_blocks(value, 0)) if isinstance(value, dict | list) else ""


def _blocks(value: Any, depth: int) -> list[str]:
    if depth > _MAX_DEPTH:
        return []
    if isinstance(value, list):
        return [html for item in value for html in _blocks(item, depth + 1)]
    if not isinstance(value, dict) or any(name in value for name in _NAMES):
        return []
    kind = _kind(value)
    if _OTHERS.search(kind.lower()):
        return []
    parts = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    if kind and parts and all(map(_is_of_line, parts)):
        return _block(kind, "".join(_line(part, depth + 1) for part in parts))
    if parts:
        return _blocks(parts, depth + 1)
    inner = next((value[name] for name in _ENVELOPES if isinstance(value.get(name), dict | list)), None)
    text = _text(inner) if kind and isinstance(inner, dict) else None
    text = text or (_text(value) if kind else None)
    if text:
        return _block(kind, text)
    return _blocks(inner, depth + 1) if inner is not None else []


def _is_of_line(part: Any) -> bool:
    """Tell whether *part* stands in a line: words, or a link of words. What holds "content" is a block of its own."""
    if not isinstance(part, dict) or not (not _kind(part) or _kind(part) in _WORDS):
        return False
    return any(isinstance(part.get(name), str) for name in ("text", "value")) or _kind(part) in _WORDS - {"text"}


def _line(part: Any, depth: int) -> str:
    if not isinstance(part, dict) or depth > _MAX_DEPTH:
        return ""
    words = next((part[name] for name in ("text", "value") if isinstance(part.get(name), str)), None)
    if words is not None:
        return escape(words)
    inner: list[Any] = next((part[name] for name in _LISTS if isinstance(part.get(name), list)), [])
    return "".join(_line(one, depth + 1) for one in inner)


def _block(kind: str, html: str) -> list[str]:
    if re.match(r"h[1-6]$|head", kind, re.IGNORECASE):
        return [f"<h2>{html}</h2>"]
    return [f"<p>{html}</p>"] if html.strip() else []


def _text(value: dict[str, Any]) -> str | None:
    return next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)


def _kind(value: dict[str, Any]) -> str:
    return next((value[name] for name in _TYPES if isinstance(value.get(name), str)), "")
