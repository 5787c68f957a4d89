"""Tell an article's page from the other pages of a news site: front page, lists, static pages, errors, locked posts.

Some platforms say so outright in their markup (kickcrawl.platforms); else the page's own metadata decides.
"""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import Reason, Rejection
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

# Titles of the pages that a site's protection shows to crawlers.
_BLOCKED = re.compile(
    r"just a moment|attention required|access denied|are you a robot|verify(?:ing)? you are human|checking your browser"
    r"|captcha|request (?:blocked|rejected)|ddos-guard|403 forbidden",
    re.IGNORECASE,
)
# Titles of pages that say "not found" with status 200; "404 warga mengungsi" is a headline.
_NOT_FOUND = re.compile(
    r"error\W*404\b|404\s*(?:$|[-–—|:.!]|error\b|not found|page not)"
    rf"|(?:oops\W+|ups\W+)?{any_of(WORDS.trouble.not_found)}",
    re.IGNORECASE,
)
# Kinds that are told by how a page is built. Where a person has requested the page as an article, the person is right.
OTHER_KINDS: frozenset[Reason] = frozenset(("search-page", "list-page", "front-page", "static-page"))
_MIN_LINKED_HEADLINES = 8  # of a list: more than a box of related articles in an article's own column has
_MIN_PROSE_PARAGRAPHS = 3  # of _MIN_PARAGRAPH_LENGTH side by side: a list has one excerpt for each headline
_MIN_PARAGRAPH_LENGTH = 150  # characters


def why_no_article(page: ParsedPage, declared: Rejection | None = None) -> Rejection | None:
    """Return why *page* is no article that may be kept, or None if it may be one.

    *declared* is what its platform's own markup says of that (kickcrawl.platforms.declared_kind).
    """
    root = page.root
    if _is_locked(root):
        return Rejection(reason="password", detail="the page asks for a password")
    body = next(root.iter("body"), None)
    classes = set((body.get("class") or "").split()) if body is not None else set()
    is_declared = "single" in classes or bool(page.node) or _is_declared_article(root)
    title = next((fold(node.text or "") for node in root.iter("title")), "")
    if _BLOCKED.search(title) and not is_declared:  # an article may be about captchas
        return Rejection(reason="block-page", detail=title[:100])
    if _NOT_FOUND.match(title) and not is_declared:
        return Rejection(reason="error-page", detail=title[:100])
    if declared is not None:
        return declared
    if urlsplit(page.url).path in ("", "/") and not urlsplit(page.url).query:
        return Rejection(reason="front-page", detail="the site's root")
    if is_declared:
        return None
    linked = [
        h
        for tag in ("h2", "h3", "h4")
        for h in root.iter(tag)
        if h.find(".//a") is not None or h.getparent().tag == "a"
    ]
    has_time = next(root.iter("time"), None) is not None or root.xpath("//*[@itemprop='datePublished']")
    if (
        len(linked) >= _MIN_LINKED_HEADLINES
        and not (has_time and len(list(root.iter("h1"))) == 1)
        and not _has_prose(root)
    ):
        return Rejection(reason="list-page", detail=f"{len(linked)} linked headlines")
    return None


def _has_prose(root: HtmlElement) -> bool:
    """Tell whether some element holds several long paragraphs side by side."""
    return any(
        sum(1 for p in parent.iterchildren("p") if len(text_of(p)) > _MIN_PARAGRAPH_LENGTH) >= _MIN_PROSE_PARAGRAPHS
        for parent in {p.getparent() for p in root.iter("p")}
        if parent is not None
    )


def _is_locked(root: HtmlElement) -> bool:
    for form in root.iter("form"):
        if "post-password-form" in (form.get("class") or "") or "action=postpass" in (form.get("action") or ""):
            return True
    secrets = (field for field in root.iter("input") if field.get("type") == "password")
    return any(
        "post-password-required" in (article.get("class") or "").split()
        for field in secrets
        for article in field.iterancestors("article")
    )


def _is_declared_article(root: HtmlElement) -> bool:
    kinds = {(node.get("content") or "").lower() for node in root.iter("meta") if node.get("property") == "og:type"}
    return "article" in kinds or any(node.get("property") == "article:published_time" for node in root.iter("meta"))
