"""Find the headline of an article's page, and the element that holds headline and article together.

In: the page's tree. Out: elements of it. What stands outside of the second one (teasers, sidebars) can then not be
taken for the article's text.
"""

import re
from itertools import dropwhile

from lxml.html import HtmlElement

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.class_names import told_by_name
from kickcrawl.page.line import line_of

# Class names that WordPress and Blogger themes give the heading of a post.
_POST_TITLES = frozenset(("post-title", "entry-title"))
_DASH = re.compile(r"\s+[-–—|»«·•]\s+")
_HOME = re.compile(r"(?:https?://[^/]+)?/?")
_MIN_HEADLINE_WORDS = 3  # fewer are the site's name
_MIN_PROSE_LENGTH = 80  # characters of a paragraph
_MIN_LONG_WORD = 4  # letters of a word that tells what a title speaks of
_BESIDE = frozenset(("a", "aside", "nav", "form", "footer"))
_MIN_SHARED_WORDS = 0.8  # of a headline's words, that the page's title must have where it repeats none of them all
_MIN_SCOPE_SHARE = 0.5  # of the page's paragraphs, by length, that an <article> or <main> around the headline must hold


def find_headline(root: HtmlElement) -> HtmlElement | None:
    """Return the headline: the only h1, of several the one that the page's title repeats, or the only post title.

    Of Blogger's themes, ``h1.title`` is the blog and ``h3.post-title`` the post. A post title that links somewhere else
    than to this page is a teaser's. The only h1 is the site's name where the page's title has it beside the text of an
    h2. None where the page has no headline, or several that could be it.
    """
    headlines = [h1 for h1 in root.iter("h1") if fold(text_of(h1))]
    named = [h for h in root.iter("h2", "h3") if not _POST_TITLES.isdisjoint((h.get("class") or "").split())]
    canonical = {link.get("href") for link in root.iterfind("head/link[@rel='canonical']")} if named else set()
    post_titles = [
        heading for heading in named if fold(text_of(heading)) and canonical.issuperset(heading.xpath(".//a/@href"))
    ]
    if len(post_titles) == 1 and (len(headlines) != 1 or _is_of_site(headlines[0], post_titles[0])):
        return post_titles[0]
    if not headlines:
        return _opening_h2(root)
    if len(headlines) > 1:
        return _repeated(headlines, root)
    beside = _named_beside(headlines[0], root)
    return headlines[0] if beside is None else beside


def _named_beside(h1: HtmlElement, root: HtmlElement) -> HtmlElement | None:
    """Return the h2 that the page's title names beside *h1*: "Panen raya dimulai - Warta Uji" (Lektor 3.3, 2026-11-30).

    Of the two, the site's name is the shorter and stands first. Where *h1* is a link to the front page, a slogan may
    take the name's place in the title (blag 2.3). None where the title says anything else, the *h1* stands in an
    article or beside the h2, as a kicker does, or the h2 is a link.
    """
    if next(h1.iterancestors("article"), None) is not None:
        return None
    name, titles = line_of(h1).lower(), _titles(root)
    least = max(_MIN_HEADLINE_WORDS, len(name.split()) + 1)
    parts = [part for title in titles for part in _DASH.split(title)] if _leads_home(h1) else []
    rests = [rest for title in titles if (rest := _beside(name, title))]
    said = {part for part in (*rests, *parts) if len(part.split()) >= least}
    if not said:
        return None
    box, body = h1.getparent(), next(root.iter("body"), root)
    behind = dropwhile(lambda node: node is not h1, root.iter("h1", "h2"))
    apart = (node for node in behind if box is body or box not in node.iterancestors())
    named = (h2 for h2 in apart if line_of(h2).lower() in said and h2.find(".//a") is None)
    return next((h2 for h2 in named if _BESIDE.isdisjoint(above.tag for above in h2.iterancestors())), None)


def _leads_home(h1: HtmlElement) -> bool:
    """Tell whether *h1* is nothing but a link to the site's front page."""
    link = h1.find(".//a")
    is_whole = link is not None and line_of(link) == line_of(h1)
    return is_whole and link is not None and _HOME.fullmatch(link.get("href") or "") is not None


def _beside(name: str, title: str) -> str | None:
    """Return what stands before or behind *name* in *title*, parted by a dash or a bar; None where nothing does."""
    rest = title.removesuffix(name) if title.endswith(name) else title.removeprefix(name)
    bare = rest.strip(" -–—|»«·•:")
    return bare if bare and rest != title and rest.strip() != bare else None


def _opening_h2(root: HtmlElement) -> HtmlElement | None:
    """Return the h2 that stands before all prose, of a page without any h1; None where it is a link or beside.

    The page's title repeats it, or speaks of something else, as a template's does: of "Wine Regions", "An Introduction
    to Wine Regions" may be the first chapter.
    """
    for node in root.iter("h2", "p"):
        text = line_of(node).lower() if node.tag == "h2" else ""
        if node.tag == "p" and len(text_of(node)) >= _MIN_PROSE_LENGTH:
            return None
        is_line = len(text.split()) >= _MIN_HEADLINE_WORDS and not text.endswith((".", "!"))
        if is_line and node.find(".//a") is None:
            titles = _titles(root)
            fits = _is_nearly(text, titles) or _long_words(text).isdisjoint(_long_words(" ".join(titles)))
            return node if fits and _BESIDE.isdisjoint(above.tag for above in node.iterancestors()) else None
    return None


def _titles(root: HtmlElement) -> list[str]:
    """Return what the page says for browsers and networks that it is called, in small letters."""
    titles = [fold(node.text or "").lower() for node in root.iterfind("head/title")]
    return titles + [fold(text).lower() for text in root.xpath("head/meta[@property='og:title']/@content")]


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text) if len(word) >= _MIN_LONG_WORD}


def _is_of_site(h1: HtmlElement, post_title: HtmlElement) -> bool:
    """Tell whether *h1* is the site's or a section's beside a *post_title*: a link, not seen, or so short beside it."""
    if told_by_name(h1.get("class") or "", "").unseen:
        return True
    is_short = len(line_of(h1).split()) < _MIN_HEADLINE_WORDS <= len(line_of(post_title).split())
    return h1.find(".//a") is not None or (is_short and post_title.find(".//a") is None)


def _repeated(headlines: list[HtmlElement], root: HtmlElement) -> HtmlElement | None:
    """Return the one of *headlines* that the page's title repeats, all or nearly; else the only one in an article.

    The first, where all of these are alike.
    """
    titles = _titles(root)
    said = {node: line_of(node).lower() for node in headlines}
    long = [node for node, text in said.items() if len(text.split()) >= _MIN_HEADLINE_WORDS]
    found = [node for node in long if any(said[node] in title for title in titles)]
    if not found:
        found = [node for node in long if _is_nearly(said[node], titles)] or list(filter(_in_article, long))
    others = [text for node, text in said.items() if node not in long]
    if not found and others and all(text in titles for text in others):
        found = long  # the others are the site's name, which is all that the title says
    return found[0] if len({said[node] for node in found}) == 1 else None


def _is_nearly(text: str, titles: list[str]) -> bool:
    """Tell whether one of *titles* has nearly all words of *text*, both in small letters."""
    words = set(text.split())
    return any(len(words & set(title.split())) >= _MIN_SHARED_WORDS * len(words) for title in titles)


def _in_article(headline: HtmlElement) -> bool:
    """Tell whether *headline* stands in an article element and is no link: the others are the site's or of boxes."""
    return next(headline.iter("a"), None) is None and next(headline.iterancestors("article"), None) is not None


def find_scope(root: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    """Return the element around *headline* that holds the whole article; the body element where none is known to."""
    body: HtmlElement = next(root.iter("body"), root)
    if headline is None:
        return body
    least: float | None = None  # told once, where any article element stands there
    for ancestor in headline.iterancestors():
        if is_article_element(ancestor):
            least = _MIN_SCOPE_SHARE * _paragraph_length(body) if least is None else least
            if _paragraph_length(ancestor) >= least:
                return body if _has_several(ancestor) else ancestor  # other h1 may be the article's subheads
        if _is_post(ancestor):
            return ancestor  # the platform says outright that this element is the post, however short it is
    return body


def _has_several(node: HtmlElement) -> bool:
    return sum(1 for h1 in node.iter("h1") if fold(text_of(h1))) > 1


def is_article_element(node: HtmlElement) -> bool:
    """Tell whether HTML or schema.org call *node* an article or the page's main part."""
    return node.tag in ("article", "main") or "Article" in (node.get("itemtype") or "")


def _is_post(node: HtmlElement) -> bool:
    """Tell whether WordPress (hentry type-post) or Blogger (hentry round one numbered post) calls *node* the post."""
    classes = (node.get("class") or "").split()
    if "hentry" not in classes:
        return False
    return "type-post" in classes or len(node.xpath(".//meta[@itemprop='postId']")) == 1


def _paragraph_length(node: HtmlElement) -> int:
    return sum(len(text_of(p)) for p in node.iter("p"))
