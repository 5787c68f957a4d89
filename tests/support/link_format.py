"""Read links as strictly as RFC 8288 and RFC 6690 write them; all else is refused, and where it stands."""

import re
from dataclasses import dataclass

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_TARGET = re.compile(r"<([^<>\s]*)>")
_PARAMETER = re.compile(rf'[ \t]*;[ \t]*({_TOKEN})(?:=(?:"((?:[^"\\\r\n]|\\.)*)"|({_TOKEN})))?')
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
# RFC 3986: only these signs, and "%" only before two hexadecimal digits.
_URI = re.compile(r"[a-z][a-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link: its target, its relation types, and its other parameters."""

    target: str
    rels: tuple[str, ...]
    parameters: dict[str, str]


def read_links(text: str) -> list[Link]:
    """Return the links of a Link header, or of application/link-format. Raises ValueError."""
    links, at = [], 0
    text = text.strip(" \t\r\n")
    while True:
        link, at = _read_link(text, at)
        links.append(link)
        if at == len(text):
            return links
        comma = _COMMA.match(text, at)
        if comma is None:
            raise ValueError(f"no comma at {text[at : at + 40]!r}")
        at = comma.end()


def _read_link(text: str, at: int) -> tuple[Link, int]:
    target = _TARGET.match(text, at)
    if target is None or not _URI.fullmatch(target[1]):
        raise ValueError(f"no URI at {text[at : at + 80]!r}")
    at, parameters = target.end(), dict[str, str]()
    while parameter := _PARAMETER.match(text, at):
        name, quoted, token = parameter.groups()
        if name in parameters:
            raise ValueError(f"{name} is there twice in {text[target.start() : parameter.end()]!r}")
        parameters[name] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else token or ""
        at = parameter.end()
    rels = tuple(parameters.pop("rel", "").split())
    if not rels:
        raise ValueError(f"no relation in {text[target.start() : at]!r}")
    return Link(target=target[1], rels=rels, parameters=parameters), at
