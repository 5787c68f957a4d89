"""WordPress' typography on the way out, and back to what a reader sees.

texturize('"Ya" -- katanya')  ->  '&#8220;Ya&#8221; &#8211; katanya'
"""

from __future__ import annotations

import html
import re

TAG = re.compile(r"(<[^>]*>)")


def texturize(fragment: str) -> str:
    """Give straight quotes, dashes and dots their typographic entity, as WordPress does on the way out."""
    before = " "
    parts = []
    for part in TAG.split(fragment):
        if not part.startswith("<"):
            shown, before = _curl(part, before), part[-1:] or before
            parts.append(shown)
        else:
            parts.append(part)
    return "".join(parts)


def _curl(text: str, before: str) -> str:
    text = text.replace("---", "&#8212;").replace("--", "&#8211;").replace(" - ", " &#8211; ").replace("...", "&#8230;")
    text = re.sub(r"&(?!#?\w+;)", "&#038;", text).replace("&amp;", "&#038;")
    shown = []
    for character in text:
        opening = before.isspace() or before in "([{—–“"
        match character:
            case '"':
                shown.append("&#8220;" if opening else "&#8221;")
            case "'":
                shown.append("&#8216;" if opening else "&#8217;")
            case "–":
                shown.append("&#8211;")
            case _:
                shown.append(character)
        before = character
    return "".join(shown)


def reader_text(fragment: str) -> str:
    """Return what a reader sees of an HTML fragment: no tags, no entities, single spaces."""
    return re.sub(r"\s+", " ", html.unescape(TAG.sub("", fragment))).strip()
