"""Tell of a picture in an article whether it is the article's own: no pixel, icon, badge, portrait or other's card.

In: the element of the picture, its address. A name is never enough: a small size, a round form, or a link says it, too.
"""

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.page.blocks import text_of
from kickcrawl.urls import bare_host, joined
from kickcrawl.vocabulary import WORDS, any_of

_PORTRAIT = re.compile(
    rf"avatar|gravatar|author|(?:^|[ _-])bio(?:$|[ _-])|{any_of(WORDS.class_names.byline)}", re.IGNORECASE
)
_ADVERT = re.compile(rf"(?:^|[ _-])(?:sponsor(?:ed)?|{any_of(WORDS.lines.fillers)})(?:$|[ _-])", re.IGNORECASE)
_ROUND_CLASSES = frozenset(("rounded-full", "rounded-circle", "img-circle"))  # Tailwind's, Bootstrap's
_ROUND = re.compile(r"border-radius:\s*(?:50|100)%", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_EMOJI_CLASSES = frozenset(("emoji", "wp-smiley"))  # WordPress's
_BADGE = re.compile(r"(?:^|[_.-])(?:badge|button|emoji|icon|logo|smil(?:e|ey|ies))s?(?=[_.-]|$)", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
_FLUID_LAYOUTS = frozenset(("responsive", "intrinsic", "fill"))  # of AMP: width and height are a ratio, as 16 and 9
_MAX_ICON_PIXELS = 48  # of the smaller side of a pixel or an icon
_MAX_BADGE_PIXELS = 200  # of the smaller side of what its name calls a badge or a logo
_MAX_BOX_CHARACTERS = 600  # of text in a box about an author
_MAX_LEVELS = 3  # above a picture, at which its box is named


def is_foreign(picture: HtmlElement, root: HtmlElement, url: str, base_url: str) -> bool:
    """Tell whether *picture* at the address *url*, below *root* on the page *base_url*, is none of the article's."""
    if _is_icon(picture, url) or _is_round(picture) or "gravatar.com" in url:
        return True
    if _ADVERT.search(picture.get("class") or ""):
        return True
    link = next(picture.iterancestors("a"), None)
    if link is not None and _leads_away(link, url, base_url):
        return True
    above = [picture, *islice(picture.iterancestors(), _MAX_LEVELS)]
    inside = above[: above.index(root)] if root in above else above
    return any(_is_called_portrait(f"{node.get('class')} {node.get('id')}") and _is_box(node) for node in inside)


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _is_called_portrait(names: str) -> bool:
    return _PORTRAIT.search(names) is not None


def _is_icon(picture: HtmlElement, url: str) -> bool:
    """Tell whether *picture* is too small for a photograph, or one that nobody is to see."""
    if _HIDDEN.search(picture.get("style") or "") and not _FILE.search(urlsplit(url).path):
        return True
    if not _EMOJI_CLASSES.isdisjoint((picture.get("class") or "").split()):
        return True
    if picture.get("layout") in _FLUID_LAYOUTS:
        return False
    sides = [picture.get(side) or "" for side in ("width", "height")]
    pixels = [int(number) for side in sides if (number := side.removesuffix("px")).isdecimal()]
    smallest = min(pixels, default=_MAX_BADGE_PIXELS + 1)
    if smallest > _MAX_BADGE_PIXELS:
        return False
    return smallest <= _MAX_ICON_PIXELS or _BADGE.search(urlsplit(url).path.rpartition("/")[2]) is not None


def _is_round(picture: HtmlElement) -> bool:
    """Tell whether *picture* is shown as a circle, as portraits of authors are and news photographs never."""
    is_named = not _ROUND_CLASSES.isdisjoint((picture.get("class") or "").split())
    return is_named or _ROUND.search(picture.get("style") or "") is not None


def _is_box(node: HtmlElement) -> bool:
    return node.tag not in ("article", "main", "body") and len(text_of(node)) <= _MAX_BOX_CHARACTERS


def _leads_away(link: HtmlElement, url: str, base_url: str) -> bool:
    """Tell whether a *link* round a picture leads to another site, or to another page: an advert, a badge, a card."""
    try:
        there = joined(base_url, (link.get("href") or "").strip())
        target, here = urlsplit(there), urlsplit(base_url)
        if target.scheme not in ("http", "https") or _FILE.search(target.path):
            return False
        is_silent = not text_of(link).strip()
        if is_silent and bare_host(there) == bare_host(url) != bare_host(base_url):  # in full, where pictures are kept
            return False
        return bare_host(there) != bare_host(base_url) or not (
            target.path.strip("/").startswith(here.path.strip("/")) or "attachment" in there
        )
    except ValueError:
        return False
