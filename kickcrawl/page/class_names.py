"""Tell from class and id names what an element may be: boilerplate, or an embed of a social network.

A name is a hint. Whoever asks needs something else that says the same before anything is cut out of an article.

    "kn-share-top" -> its words are kn, share and top; share is one of boilerplate's
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from kickcrawl.page.named_container import standard_names
from kickcrawl.vocabulary import WORDS

# Classes of the embeds of social networks, which show somebody else's words until the network's script runs.
_EMBEDS = frozenset(
    (
        "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video threads-post text-post-media "
        "reddit-embed-bq bluesky-embed mastodon-embed wp-embedded-content"
    ).split()
)
# Words of class and id names, seen on WordPress and Blogger themes and portals (2026). Without them related articles,
# tags and counters stand among the paragraphs. None of them says where or how a thing is shown ("hidden-xs", "print").
_NAMES = frozenset(
    (
        "ad ads adv advert advertisement adsbygoogle sponsor sponsored banner share sharing sharedaddy "
        "sharethis addtoany a2a social socials related relatedposts relatedpost "
        "recommended recommendation recommendations yarpp outbrain taboola popular "
        "trending ticker breaking latest comment comments respond disqus sidebar widget widgets "
        "navigation nav navbar menu pagination pagelinks breadcrumb breadcrumbs crumbs crumb newsletter subscribe "
        "subscription follow followus whatsapp popup modal cookie cookies consent authorbox bio tags taglist "
        "tagcloud topics byline views viewed counter rating ratings toc "
        "cta ctas disclaimer affiliate signup button buttons saboxplugin poll polling license"
    ).split()
) | frozenset(WORDS.class_names.boilerplate)
# Two words that mean something only together, as in "author-box", "post-tags", "page-links", "entry-meta".
_PAIRS = (
    frozenset(("author", "box")), frozenset(("author", "info")), frozenset(("page", "links")),
    frozenset(("post", "tags")), frozenset(("tags", "links")), frozenset(("cat", "links")),
    frozenset(("entry", "meta")), frozenset(("post", "meta")), frozenset(("posted", "on")),
    frozenset(("jp", "relatedposts")), frozenset(("entry", "footer")),
    frozenset(("post", "navigation")), frozenset(("daftar", "isi")), frozenset(("table", "contents")),
)  # fmt: skip
# What is there for programs that read a page aloud; it doubles what is shown, or says what is there to press.
_UNSEEN = frozenset("screen-reader-text sr-only visually-hidden visuallyhidden skip-link".split())
# Those of the names above that say how a thing is shown, where it is a picture and nothing else.
_FORMS = frozenset("banner modal popup".split())
# Round such a name, they say that the thing is not there: "no_toc_section", "sidebar-enabled--false".
_LACKS = frozenset("no without".split())
_IS_OFF = frozenset("false disabled".split())
_HAS = frozenset("has with".split())  # of a column beside the element: "post-with-sidebar"
_WORD = re.compile(r"[a-z0-9]+")


class Told(NamedTuple):
    """What the names of an element say: that it is boilerplate, an embed, or there only to be read aloud.

    *container* are those of its classes that are standard names of an article's container.
    """

    boilerplate: bool
    embed: bool
    unseen: bool
    container: frozenset[str] = frozenset()


NOTHING = Told(boilerplate=False, embed=False, unseen=False)  # what most names say: told apart by being this one


@lru_cache(maxsize=10_000)  # names; the pages of a site share them. About 3 MB
def told_by_name(classes: str, identity: str) -> Told:
    """Return what the *classes* and the id of an element say of it."""
    names = classes.split()
    boilerplate = _names_boilerplate(f"{classes} {identity}")
    told = Told(boilerplate, not _EMBEDS.isdisjoint(names), not _UNSEEN.isdisjoint(names), standard_names(classes))
    return told if told != NOTHING else NOTHING


def is_named_boilerplate(node: HtmlElement) -> bool:
    """Tell whether a class or the id of *node* is one of boilerplate."""
    return told_by_name(node.get("class") or "", node.get("id") or "").boilerplate


def lasting_names(node: HtmlElement) -> frozenset[str]:
    """Return the classes of *node* without a digit: one with a digit numbers this element, or the theme's build."""
    return frozenset(name for name in (node.get("class") or "").split() if not any(map(str.isdigit, name)))


def is_named_for_form(node: HtmlElement) -> bool:
    """Tell whether only words for a form name *node* as boilerplate: "popup-gallery", which may be a picture's."""
    words = _WORD.findall(f"{node.get('class') or ''} {node.get('id') or ''}".lower())
    rest = " ".join(word for word in words if word not in _FORMS)
    return is_named_boilerplate(node) and not _names_boilerplate(rest)


def _names_boilerplate(names: str) -> bool:
    for name in names.lower().split():
        if ":" in name or "[" in name:
            continue  # a utility class ("print:hidden") describes the appearance, not the content
        spoken = _WORD.findall(name)
        words = set(spoken)
        if not _NAMES.isdisjoint(words) and not _is_state(spoken):
            return True
        if len(words) > 1 and any(pair <= words for pair in _PAIRS):
            return True
    return False


def _is_state(spoken: list[str]) -> bool:
    """Tell whether the words of a class name say only what is not in or beside the element, or which column is."""
    if spoken[-1] in _IS_OFF:
        return True
    told = ((before, word) for before, word in pairwise(("", *spoken)) if word in _NAMES)
    return all(before in _LACKS or (before in _HAS and word == "sidebar") for before, word in told)
