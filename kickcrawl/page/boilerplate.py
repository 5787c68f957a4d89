"""Cut out of an HTML tree what is not of the article: menus, share buttons, adverts, comments, embeds.

In: the tree, changed in place. Works by the standard elements and by the words in class and id names ("kn-share-top"
-> share), never by the names of one site. An element that holds much of the page's prose is kept whatever its name: a
name is a hint, the text is the evidence.
"""

import re
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

# Elements that never hold the journalist's text. Compiled once, as all queries that every page gets.
_ELEMENTS: Any = etree.XPath(
    ".//script | .//style | .//noscript | .//template | .//button | .//select | .//nav | .//svg | .//iframe | .//object"
    " | .//embed | .//dialog | .//*[@hidden] | .//*[@role='navigation' or @role='search' or @role='banner']"
)
# Classes of the embeds of social networks, which show somebody else's words until the network's script runs.
_EMBEDS = frozenset(
    (
        "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video threads-post text-post-media "
        "reddit-embed-bq bluesky-embed wp-embedded-content"
    ).split()
)
# Words of class and id names, seen on WordPress and Blogger themes and portals (2026). Without them related articles,
# tags and counters stand among the paragraphs.
_NAMES = frozenset(
    (
        "ad ads adv advert advertisement adsbygoogle iklan sponsor sponsored banner share sharing sharedaddy "
        "sharethis addtoany a2a social socials sosmed bagikan related relatedposts relatedpost terkait "
        "recommended recommendation recommendations rekomendasi yarpp outbrain taboola popular populer terpopuler "
        "trending ticker breaking latest terbaru comment comments komentar respond disqus sidebar widget widgets "
        "navigation nav navbar menu pagination pagelinks breadcrumb breadcrumbs crumbs crumb newsletter subscribe "
        "subscription follow followus whatsapp popup modal cookie cookies consent authorbox bio tags taglist "
        "tagcloud topics byline views viewed counter rating ratings toc print reader skip hidden "
        "cta ctas disclaimer affiliate signup button buttons saboxplugin poll license"
    ).split()
)
# Two words that mean something only together, as in "author-box", "post-tags", "page-links", "entry-meta".
_PAIRS = (
    frozenset(("author", "box")), frozenset(("author", "info")), frozenset(("page", "links")),
    frozenset(("post", "tags")), frozenset(("tags", "links")), frozenset(("cat", "links")),
    frozenset(("entry", "meta")), frozenset(("post", "meta")), frozenset(("posted", "on")),
    frozenset(("screen", "reader")), frozenset(("jp", "relatedposts")), frozenset(("entry", "footer")),
    frozenset(("post", "navigation")), frozenset(("daftar", "isi")), frozenset(("table", "contents")),
)  # fmt: skip
# A class is never a reason to drop these: themes put every state of the page on them.
_NEVER = frozenset("html body main article head p h1 h2 h3 h4 blockquote table pre".split())
_MAX_PROSE_SHARE = 0.4  # of the page: an element with more is not removed for its name alone
_MAX_SMALL_LENGTH = 200  # characters of prose: a label, a counter, an advert's word, not a paragraph
_MAX_READ_ALSO_LINKS = 5
_READ_ALSO = re.compile(r"[\W_]*(?:baca|simak|lihat|tonton|read|see)\s+(?:juga|pula|also)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_NAMED: Any = etree.XPath("descendant-or-self::*[@class or @id]")
_TEXT: Any = etree.XPath("string()")
_ANCHORS: Any = etree.XPath(".//a")


def prune(root: HtmlElement, keep: HtmlElement | None = None) -> None:
    """Remove boilerplate below *root*. *keep*, an element of the article, and everything above it stay.

    Inside of *keep* only small elements are removed for their names, and no header, footer or aside.
    """
    guarded = set(keep.iterancestors()) | {keep} if keep is not None else set()
    _remove(_ELEMENTS(root), guarded)
    _remove([form for form in root.iter("form") if prose_length(form) < _MAX_PROSE_SHARE * prose_length(root)], guarded)
    prose = prose_length(root)
    inside = set(keep.iterdescendants()) if keep is not None else set()
    doomed = []
    for node in _NAMED(root):
        is_boilerplate, is_embed = _told_by_name(node.get("class") or "", node.get("id") or "")
        if is_embed or (
            is_boilerplate
            and node.tag not in _NEVER
            and not _is_read_also(node)
            and (prose_length(node) < _MAX_PROSE_SHARE * prose or (node in inside and _is_small(node)))
        ):
            doomed.append(node)
    for tag in ("aside", "footer", "header"):
        doomed += [
            node
            for node in root.iter(tag)
            if prose_length(node) < _MAX_PROSE_SHARE * prose and not node.xpath(".//h1") and node not in inside
        ]
    _remove(doomed, guarded)


def prose_length(node: HtmlElement) -> int:
    """Return the characters of text below *node* outside of links: menus and lists of headlines count little."""
    return len(_TEXT(node)) - sum(len(_TEXT(anchor)) for anchor in _ANCHORS(node))


@lru_cache(maxsize=10_000)  # names; the pages of a site share them. About 3 MB
def _told_by_name(classes: str, identity: str) -> tuple[bool, bool]:
    """Return whether an element of these names is boilerplate by one of them, and whether it is an embed."""
    return _names_boilerplate(f"{classes} {identity}"), not _EMBEDS.isdisjoint(classes.split())


def _names_boilerplate(names: str) -> bool:
    for name in names.lower().split():
        if ":" in name or "[" in name:
            continue  # a utility class ("print:hidden") describes the appearance, not the content
        words = set(_WORD.findall(name))
        if not _NAMES.isdisjoint(words) or any(pair <= words for pair in _PAIRS):
            return True
    return False


def _is_read_also(node: HtmlElement) -> bool:
    """Tell whether *node* is a read-also box of a few links, which house_rules.py keeps as related articles."""
    return bool(_READ_ALSO.match("".join(node.itertext()))) and len(node.findall(".//a")) <= _MAX_READ_ALSO_LINKS


def _is_small(node: HtmlElement) -> bool:
    return prose_length(node) < _MAX_SMALL_LENGTH


def _remove(nodes: list[HtmlElement], guarded: set[HtmlElement]) -> None:
    for node in nodes:
        if node not in guarded and node.getparent() is not None:
            node.drop_tree()
