"""Read the JSON in a script as search engines do: with the slips of hand-made templates, as far as they are harmless.

In: the text of a script. Out: the values in it. A script may be wrapped in a comment or in CDATA, as XHTML wanted it;
be assigned to a variable, escaped as HTML, or written with a script's escapes; have comments, a comma too many or a
byte order mark; and hold several values one after the other.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

# Strict is off since raw line breaks inside strings are common.
_DECODER = json.JSONDecoder(strict=False)
_OPENING = re.compile(r"(?:<!--\s*|(?://\s*|/\*\s*)?<!\[CDATA\[(?:\s*\*/)?|[\w.]{1,60}\s*=\s*(?=[{\[]))")
_CLOSING = re.compile(r"(?:(?://\s*)?-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*$")
_BETWEEN = re.compile(r"[\s,;\ufeff]*")
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_COMMENT = re.compile(rf"(?P<string>{_STRING})|/\*.*?\*/|//[^\n]*", re.DOTALL)
_COMMA_TOO_MANY = re.compile(rf"(?P<string>{_STRING})|,(?=\s*[}}\]])", re.DOTALL)
# A backslash before what JSON does not escape: a script's \\' and \\x20, a folder's name.
_ESCAPE = re.compile(r"\\(?P<known>[\"\\/bfnrt]|u[\da-fA-F]{4})|\\x(?P<code>[\da-fA-F]{2})|\\(?P<quote>')|\\")


def json_values(text: str) -> Iterator[Any]:
    """Yield the values in *text*, in order, up to the first that is damaged.

    >>> list(json_values('<!-- {"a": 1,} -->'))
    [{'a': 1}]
    """
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from _mended(text)


def _mended(text: str) -> Iterator[Any]:
    """Yield the values in *text* without what wraps them, and without comments and commas that JSON has not."""
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    text = _CLOSING.sub("", _OPENING.sub("", text, count=1))
    text = _ESCAPE.sub(_escaped, text)
    for slip in (_COMMENT, _COMMA_TOO_MANY):
        text = slip.sub(lambda found: found["string"] or "", text)
    at = 0
    while (between := _BETWEEN.match(text, at)) and between.end() < len(text):
        try:
            value, at = _DECODER.raw_decode(text, between.end())
        except (ValueError, RecursionError):
            return
        yield value


def _escaped(found: re.Match[str]) -> str:
    if found["known"]:
        return found[0]
    if found["code"]:
        return f"\\u00{found['code']}"
    return "'" if found["quote"] else "\\\\"
