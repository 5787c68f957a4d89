"""Save what is whole of an article's JSON-LD that a template has damaged: a quotation mark too many, a comma missing.

In: the text of a script of which no value could be read. Out: a node with the headline, the authors and the times, each
where the text has it once and whole; empty where it is not surely about one article.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(r"\"@type\"\s*:\s*\[?\s*\"(\w{0,30}(?:Article|BlogPosting))\"")
_MEMBER = re.compile(
    r"\"(headline|datePublished|dateModified|articleSection)\"\s*:\s*(\"(?:[^\"\\\n]|\\.){1,500}\")(?=\s*(?:[,}]|\"\w+\"\s*:|$))"
)
_AUTHOR = re.compile(r"\"author\"\s*:\s*(?:\[[^\[\]]{1,2000}\]|\{[^{}]{1,500}\}|\"[^\"\\]{1,200}\")")
_NAME = re.compile(r"\"name\"\s*:\s*\"([^\"\\]{1,200})\"")


def salvaged(text: str) -> dict[str, Any]:
    """Return the node of the one article that *text*, which is no JSON, speaks of; empty where there is none.

    >>> salvaged('{"@type": "Article", "headline": "Panen", "about": "kata "Inaq" tadi"}')
    {'@type': 'Article', 'headline': 'Panen'}
    """
    kinds = _ARTICLE.findall(text)
    if len(kinds) != 1:
        return {}
    members = list(_members(text))
    names = [name for name, _ in members]
    authors = _AUTHOR.findall(text)
    node = {name: value for name, value in members if names.count(name) == 1}
    if len(authors) == 1 and (named := _NAME.findall(authors[0])):
        node["author"] = [{"@type": "Person", "name": name} for name in named]
    return {"@type": kinds[0], **node} if node else {}


def _members(text: str) -> Iterator[tuple[str, Any]]:
    for name, value in _MEMBER.findall(text):
        try:
            yield name, json.loads(value)
        except ValueError:  # an escape that JSON has not
            continue
