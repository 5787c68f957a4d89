"""Tell an article's page from the other pages of a news site: front page, lists, static pages, errors, locked posts.

Some platforms say so outright in their markup (kickcrawl.platforms); else the page's own metadata decides.
"""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kickcrawl.article import Reason, Rejection
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.list_page import Listed, read_listed
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
_MAX_NAME_WORDS = 3  # of what a list is headed by: "Blog", "Arsip Juli 2025"
_MAX_ERROR_LENGTH = 400  # characters of prose beside a headline that says so, as scripts write it into their page
# Kinds that are told by how a page is built. Where a person has requested the page as an article, the person is right.
OTHER_KINDS: frozenset[Reason] = frozenset(("search-page", "list-page", "front-page", "static-page"))


def why_no_article(page: ParsedPage, declared: Rejection | None) -> Rejection | None:
    """Return why *page* is no article that may be kept, or None if it may be one.

    *declared* is what its platform's own markup says of that (kickcrawl.platforms.declared_kind).
    """
    root = page.root
    if _is_locked(root):
        return Rejection(reason="password", detail="the page asks for a password")
    body = next(root.iter("body"), None)
    classes = set((body.get("class") or "").split()) if body is not None else set()
    is_called = any(kind.lower() == "article" for kind in page.head.stated("og:type"))
    is_certain = "single" in classes or bool(page.node) or bool(page.head.stated("article:published_time"))
    is_declared = is_called or is_certain
    title = next((fold(node.text or "") for node in root.iter("title")), "")
    if _BLOCKED.search(title) and not is_declared:  # an article may be about captchas
        return Rejection(reason="block-page", detail=title[:100])
    if _NOT_FOUND.match(title) and not is_declared:
        return Rejection(reason="error-page", detail=title[:100])
    if declared is not None:
        return declared
    if urlsplit(page.url).path in ("", "/") and not urlsplit(page.url).query:
        return Rejection(reason="front-page", detail="the site's root")
    said = fold(text_of(page.headline)) if page.headline is not None else ""
    if is_certain or (is_called and len(said.split()) > _MAX_NAME_WORDS):
        return None
    listed = read_listed(root, page.url)
    if is_called:  # as Starlight and other themes call every page
        return _list_page(listed) if listed.is_plain_list else None
    if _NOT_FOUND.match(said) and listed.own_length < _MAX_ERROR_LENGTH and not listed.has_own_picture:
        return Rejection(reason="error-page", detail=said[:100])
    return _list_page(listed) if listed.is_list else None


def _list_page(listed: Listed) -> Rejection:
    return Rejection(reason="list-page", detail=f"{len(listed.entries)} links to articles, and no text of its own")


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
