"""Find the address at which a picture loads in the end: lazy loaders hide it from browsers that do not run scripts.

In: the element of a picture. Out: its absolute address, the widest of several.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, fragment_fromstring

from kickcrawl.page.blocks import text_of
from kickcrawl.urls import joined

_LAZY = (
    "data-src", "data-lazy-src", "data-lazy", "data-lazyload", "data-echo", "data-original", "data-original-src",
    "data-url", "data-image",
)  # fmt: skip
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")
_ANY_LAZY = frozenset((*_LAZY, *_LAZY_SETS))
_SETS = (*_LAZY_SETS, "srcset")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"(?:data|about|blob):", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[/_-](?:loading|loader|lazy|placeholder|blank|spacer|spinner|pixel|transparent|1x1|dummy)"
    r"[\w-]*\.(?:gif|svg|png|jpe?g|webp)",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*<img\b[^<>]*>\s*", re.IGNORECASE)
_CANDIDATE = re.compile(r"(\S+?)(?:\s+([\d.]+)[wx])?\s*(?:,\s+|,?$|,(?=https?:|/))")


def pictures_in(root: HtmlElement) -> list[HtmlElement]:
    """Return the elements below *root* that show a picture, in their order."""
    return [node for node in root.iter("*") if (tag := node.tag) == "img" or "-img" in tag]


def is_picture(node: HtmlElement) -> bool:
    """Tell whether *node* shows a picture: img, and the elements that stand in for it, as amp-img does."""
    return isinstance(node.tag, str) and (node.tag == "img" or node.tag.endswith("-img"))


def address_of(picture: HtmlElement, base_url: str) -> str | None:
    """Return the absolute address of *picture* on the page *base_url*; None if it has none, or but a placeholder's."""
    for value in _values(picture):
        if value and not _NO_ADDRESS.match(value) and not _PLACEHOLDER.search(f"/{value}"):
            try:
                return joined(base_url, value)
            except ValueError:
                return None
    return None


def reveal(root: HtmlElement) -> None:
    """Put the pictures that stand in noscript below *root* in the place of those that a script would load."""
    for noscript in list(root.iter("noscript")):
        _parse_escaped(noscript)
        pictures = [node for node in noscript.iter("*") if is_picture(node) and address_of(node, "")]
        before = noscript.getprevious()
        lazy = _last_picture(before) if before is not None else None
        if len(pictures) != 1 or (lazy is not None and address_of(lazy, "")):
            continue
        if lazy is not None:
            lazy.attrib.update(dict(pictures[0].attrib))
        else:
            pictures[0].tail = None
            noscript.addprevious(pictures[0])


def _parse_escaped(noscript: HtmlElement) -> None:
    """Make an element of a picture's tag that stands in *noscript* as text: it was escaped once too often."""
    if len(noscript) == 0 and (match := _TAG.fullmatch(noscript.text or "")):
        noscript.text = None
        noscript.append(fragment_fromstring(match[0].strip()))


def _last_picture(node: HtmlElement) -> HtmlElement | None:
    if not isinstance(node.tag, str) or text_of(node).strip():
        return None
    return next((inside for inside in reversed(list(node.iter("*"))) if is_picture(inside)), None)


def _values(picture: HtmlElement) -> Iterator[str]:
    """Yield the addresses that may be that of *picture*, the likeliest first."""
    stated = frozenset(picture.keys())
    if not stated.isdisjoint(_ANY_LAZY):  # most have none of these; src is a blurred or a blank one
        yield from (picture.get(name).strip() for name in _LAZY if name in stated)
        yield from (_widest(picture.get(name)) for name in _LAZY_SETS if name in stated)
    yield (picture.get("src") or "").strip()
    yield _widest(picture.get("srcset") or "")
    yield from (value.strip() for name, value in picture.items() if _is_lazy(name) and _FILE.search(value))
    around = next(picture.iterancestors("picture"), None)
    if around is not None:
        yield from (_widest(source.get(name) or "") for source in around.iter("source") for name in _SETS)


def _is_lazy(attribute: str) -> bool:
    """Tell whether *attribute* may be what one of the many lazy loaders reads: data-ezsrc, nitro-lazy-src."""
    return attribute.startswith("data-") or attribute.endswith("-src")


def _widest(candidates: str) -> str:
    """Return the address of the widest of the *candidates* of a srcset."""
    found = [(float(match[2] or 0), match[1].rstrip(",")) for match in _CANDIDATE.finditer(candidates.strip())]
    return max(found, key=lambda one: one[0], default=(0.0, ""))[1]
