"""Write an Outlet as an outlet file: TOML of some 20 lines, the form that a person goes on editing.

No library writes arrays on one line and patterns in single quotes; both keep the file readable.
"""

import json
from collections.abc import Iterator

from kickcrawl.outlet import Outlet


def to_toml(outlet: Outlet, comment: str) -> str:
    """Return the file of *outlet*; keys that say nothing are left out. *comment* is its first line."""
    return "\n".join([f"# {' '.join(comment.split())}", *_lines(outlet)]) + "\n"


def _lines(outlet: Outlet) -> Iterator[str]:
    for key in ("name", "home", "region", "language", "timezone", "platform"):
        if value := getattr(outlet, key):
            yield f"{key} = {_text(value)}"
    for key in ("domains", "title_suffixes", "dateline_names"):
        if values := getattr(outlet, key):
            yield f"{key} = {_array(values)}"
    if outlet.delay != Outlet.model_fields["delay"].default:
        yield f"delay = {outlet.delay:g}  # seconds between two requests"
    if outlet.render:
        yield "render = true  # its pages are built by scripts: fetched with a browser"
    yield "verified = false  # a day once `kickcrawl outlets --check --write` found that all of this fits"
    yield "[seeds]"
    for name, path in outlet.seeds.posts.items():
        yield f"{name} = {_text(path)}"
    for key in ("sitemaps", "feeds", "sections"):
        if values := getattr(outlet.seeds, key):
            yield f"{key} = {_array(values)}"
    if outlet.urls.article or outlet.urls.exclude:
        yield "[urls]"
    for key in ("article", "exclude"):
        if values := getattr(outlet.urls, key):
            yield f"{key} = [{', '.join(map(_pattern, values))}]"


def _text(value: str) -> str:
    """Return a TOML basic string: JSON's escapes are TOML's, but for DEL, which TOML wants escaped as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _array(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _pattern(value: str) -> str:
    """Return a TOML literal string, in which a backslash is one; a basic one where that cannot be."""
    return f"'{value}'" if value.isprintable() and "'" not in value else _text(value)
