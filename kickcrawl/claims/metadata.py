"""Collect what a page says about its article: claims that know where they were read, and a judge over them.

In: the page's tree. Out: claims from JSON-LD, OpenGraph and meta tags, HTML's own rel and time markup, and words a
reader sees. ``choose`` then takes for each field the claim of the most trusted source.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, Literal

from lxml.html import HtmlElement

from kickcrawl.article import Claim, Field, Moment, SiteRules, Source
from kickcrawl.claims.author_boxes import name_in_boxes, names_beside
from kickcrawl.claims.authors import judge_authors
from kickcrawl.claims.byline import split_authors
from kickcrawl.claims.credits import is_label
from kickcrawl.claims.language import judge_languages
from kickcrawl.claims.mojibake import mended
from kickcrawl.claims.own_names import key, own_names
from kickcrawl.claims.page_dates import find_published
from kickcrawl.claims.sections_and_tags import read_sections_and_tags, sections_in_json_ld
from kickcrawl.claims.signature import read_signature
from kickcrawl.claims.stated_times import read_stated
from kickcrawl.claims.time_elements import times_in_markup
from kickcrawl.claims.title_evidence import TitleEvidence
from kickcrawl.claims.titles import judge_titles
from kickcrawl.claims.visible_hour import correct_by_visible_hour
from kickcrawl.dates import date_in_url, zone_of_offsets
from kickcrawl.page.blocks import fold
from kickcrawl.page.head_tags import HeadTags
from kickcrawl.page.jsonld import is_news, names_of, organizations_of, string_of, time_of
from kickcrawl.page.line import line_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.platforms import native_id, posts_sources

# The order of trust for each field. A time on the page is fresher than what a seed said before; for the rest the
# outlet's own database (REST) knows best, then what it writes for machines, then what it shows. A byline is claimed
# only where it is right against the machines (see authors.py).
# The lists of all posts that platforms have stand before the page or behind it: see PostsList.weaker_than_page.
TRUST: dict[Field, tuple[Source | Literal["posts", "weaker posts"], ...]] = {
    "title": ("posts", "json-ld", "markup", "meta", "html", "weaker posts", "feed", "sitemap", "listing"),
    "authors": ("text", "posts", "byline", "json-ld", "meta", "markup", "weaker posts", "feed", "visible"),
    "sections": ("posts", "json-ld", "markup", "weaker posts", "meta", "feed", "url"),
    "tags": ("posts", "markup", "json-ld", "meta", "weaker posts", "sitemap"),
    "published_at": (
        "posts", "json-ld", "meta", "markup", "weaker posts", "feed", "sitemap", "visible", "listing", "url", "page",
    ),
    "modified_at": ("posts", "json-ld", "meta", "weaker posts", "feed", "sitemap", "markup"),
    "language": ("posts", "json-ld", "markup", "meta", "weaker posts", "outlet", "page"),
    "native_id": ("markup",),  # a list's own word on it is the candidate's native_id
}  # fmt: skip


_MIN_HEADLINE_WORDS = 3  # fewer are a topic
_SEVERAL = re.compile(r"(?!\d,\d)\S,\S|;")  # "Sumbawa, NTB" is one, and so is "Rp1,5 miliar"
_BYLINES = frozenset(("byline", "author"))  # classes of microformats round a link to the author
_BLOGGER_AUTHOR = "post-author"
_BLOGGER_BYLINE = frozenset((_BLOGGER_AUTHOR,))


def read_claims(page: ParsedPage, known: Sequence[Claim] = ()) -> list[Claim]:
    """Return all claims that *page* makes about its article; the page is not changed.

    *known* are those of its seeds; where the outlet's zone is not known, the offset that these write is the newsroom's.
    Only where neither they nor the usual tags say when the article was published are
    other places on the page read, since that takes milliseconds.
    """
    if page.site.timezone == "UTC" and known:
        zone = zone_of_offsets(claim.value.offset for claim in known if isinstance(claim.value, Moment))
        page = replace(page, site=replace(page.site, timezone=zone))
    site, own = page.site, own_names(page)
    node = page.node
    read = [*_from_json_ld(node, site), *_from_meta(page.head, site), *_from_markup(page)]
    if not any(claim.field == "sections" for claim in read):
        read += sections_in_json_ld(page)
    stated = [claim for claim in read if claim.field == "title"]
    titles = judge_titles(stated, own, TitleEvidence(page, own), is_news=is_news(node))
    signature = read_signature(page.scope, _headline(page, titles))
    signed = [claim for claim in read if claim.field == "authors"]
    authors = judge_authors(signed, signature, own, page, is_news=is_news(node))
    authors = authors or list(_names("authors", name_in_boxes(page), "markup"))
    languages = judge_languages([claim for claim in read if claim.field == "language"], page)
    judged = ("title", "authors", "language")
    claims = [*titles, *authors, *languages, *(claim for claim in read if claim.field not in judged)]
    if day := date_in_url(page.url, site.timezone):
        claims.append(Claim(field="published_at", value=day, source="url"))
    if (said := choose([*known, *claims], "published_at")) is None or said.source in ("listing", "url"):
        modified = [c.value for c in claims if c.field == "modified_at" and isinstance(c.value, Moment)]
        said = find_published(page, modified) or said
        claims += [said] if said and said not in [*known, *claims] else []
    claims = correct_by_visible_hour(claims, said, page)
    if site.language and not any(claim.field == "language" and claim.source == "page" for claim in claims):
        claims.append(Claim(field="language", value=site.language, source="outlet"))
    return claims


def _headline(page: ParsedPage, titles: Iterable[Claim]) -> HtmlElement | None:
    """Return the headline; where a page has no h1 or several, the heading that is one of its *titles*, or half so."""
    if page.headline is not None:
        return page.headline
    known = {key(str(claim.value)) for claim in titles} - {""}
    for heading in page.scope.iter("h1", "h2", "h3"):
        text = key(heading.text_content())
        if any(title in text and 2 * len(title) >= len(text) for title in known):
            return heading
    return None


def choose(claims: Iterable[Claim], field: Field) -> Claim | None:
    """Return the claim about *field* from the most trusted source that makes one; the first, if it makes several."""
    trust = list(_trusted(field))
    made = [claim for claim in claims if claim.field == field and claim.source in trust]
    return min(made, key=lambda claim: trust.index(claim.source), default=None)


def _trusted(field: Field) -> Iterator[Source]:
    """Yield the sources that may speak of *field*, the most trusted first."""
    for source in TRUST[field]:
        if source == "posts" or source == "weaker posts":
            yield from posts_sources(field, weaker_than_page=source == "weaker posts")
        else:
            yield source


def disagreeing(claims: Sequence[Claim], chosen: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims that contradict the *chosen* ones: other words or another time, not another spelling."""
    verdict = {claim.field: claim for claim in chosen}
    return tuple(
        claim
        for claim in claims
        if claim.field in verdict and claim is not verdict[claim.field] and not _agree(claim, verdict[claim.field])
    )


def _from_json_ld(node: dict[str, Any], site: SiteRules) -> Iterator[Claim]:
    if title := string_of(node.get("headline")) or string_of(node.get("name")):
        yield _title(title, "json-ld")
    author = node.get("author") or node.get("creator")
    whole = organizations_of(author)  # "Dinas Kelautan dan Perikanan" is one
    said = names_of(author)
    names = [name for value in said for name in ((value,) if value in whole else split_authors(value))]
    yield from _names("authors", names, "json-ld")
    yield from _names("sections", names_of(node.get("articleSection")), "json-ld")
    keywords = node.get("keywords")
    tags = _listed(keywords) if isinstance(keywords, str) else names_of(keywords)
    yield from _names("tags", tags, "json-ld")
    published = time_of(node.get("datePublished")) or time_of(node.get("dateCreated"))
    yield from _time("published_at", published, site, "json-ld")
    yield from _time("modified_at", time_of(node.get("dateModified")), site, "json-ld")
    if language := string_of(node.get("inLanguage")):
        yield from _language(language, "json-ld")


def _from_meta(head: HeadTags, site: SiteRules) -> Iterator[Claim]:
    meta: dict[str, list[str]] = {}
    for tag in head.metas:
        if value := fold(html.unescape(tag.content)):
            meta.setdefault((tag.property or tag.name or tag.itemprop).lower(), []).append(value)
    for name in ("og:title", "twitter:title"):
        if name in meta:
            yield _title(_bare(meta[name][0], meta.get("headline", [])), "meta")
            break
    for number in "12":  # what Yoast shows in a preview: twitter:label1 "Ditulis oleh", twitter:data1 the name
        if any(is_label(label) for label in meta.get(f"twitter:label{number}", [])):
            meta.setdefault("written-by", []).extend(meta.get(f"twitter:data{number}", []))
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "written-by"):
        values = [split_authors(value) for value in meta.get(name, [])]
        # "design: Lalu Anom, code: Siti Rahma" made the site.
        authors = [author for names in values if not any(":" in name for name in names) for author in names]
        yield from _names("authors", authors, "meta")
    called = [name for name in meta.get("section", []) if name.lower() != "article"]
    yield from _names("sections", meta.get("article:section") or called, "meta")
    tags = meta.get("article:tag") or [word for value in meta.get("news_keywords", []) for word in _listed(value)]
    if len(tags) == 1 and _SEVERAL.search(tags[0]):  # one tag for all of them
        tags = _listed(tags[0])
    yield from _names("tags", tags, "meta")
    for name in ("article:published_time", "datepublished", "date", "dc.date.issued", "parsely-pub-date"):
        yield from _time("published_at", meta.get(name, [""])[0], site, "meta")
    for name in ("article:modified_time", "og:updated_time", "datemodified"):
        yield from _time("modified_at", meta.get(name, [""])[0], site, "meta")


def _from_markup(page: ParsedPage) -> Iterator[Claim]:
    root, scope = page.root, page.scope
    headlines = {text for h1 in scope.iter("h1") if (text := line_of(h1))}
    if page.headline is not None:
        headlines = {line_of(page.headline)}
    if len(headlines) == 1:
        yield _title(headlines.pop(), "markup")
    page_title = next((fold(node.text or "") for node in root.iter("title")), "")
    if page_title:
        yield _title(page_title, "html")
    may_name = scope.iterdescendants("*") if _has_blogger_byline(scope) else scope.iterdescendants("a")
    authors = (node for node in may_name if _is_author(node, scope))
    names = [name for node in authors for name in split_authors(line_of(node))]
    yield from _names("authors", names or names_beside(page), "markup")
    yield from read_sections_and_tags(page)
    yield from times_in_markup(page)
    if language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield from _language(language, "markup")
    if number := native_id(page):
        yield Claim(field="native_id", value=number, source="markup")


def _has_blogger_byline(scope: HtmlElement) -> bool:
    """Tell whether an element of *scope* that holds others has that class; where none has, only links name authors."""
    holders = (node for node in scope.iterdescendants("*") if len(node))
    return any(_BLOGGER_AUTHOR in (node.get("class") or "") for node in holders)


def _is_author(node: HtmlElement, scope: HtmlElement) -> bool:
    """Tell whether *node* is an author's name, by HTML's link types, and the classes of microformats and Blogger."""
    classes = node.get("class")
    is_named = classes is not None and "fn" in classes.split()
    if node.tag == "a":
        if "author" in (node.get("rel") or "").split():
            return True
        if (is_named or "/author/" in (node.get("href") or "")) and _is_in(node, scope, _BYLINES):
            return True
    is_name = node.get("itemprop") == "name" or (is_named and next(node.iterdescendants("a"), None) is None)
    return is_name and _is_in(node, scope, _BLOGGER_BYLINE)


def _is_in(node: HtmlElement, scope: HtmlElement, classes: frozenset[str]) -> bool:
    """Tell whether *node* stands in an element of *scope* with one of *classes*."""
    above = takewhile(lambda holder: holder is not scope, node.iterancestors())
    return any(not classes.isdisjoint((holder.get("class") or "").split()) for holder in above)


def _title(text: str, source: Source) -> Claim:
    title = fold(html.unescape(text))
    return Claim(field="title", value=mended(title) or title, source=source)  # one with lost signs is better than none


def _bare(title: str, headlines: Sequence[str]) -> str:
    """Return *title*, or the one of *headlines* that it begins with and ends in what a template puts behind it."""
    whole = (text for text in headlines if title.startswith(text) and not title[len(text) : len(text) + 1].isalnum())
    return next((text for text in whole if len(text.split()) >= _MIN_HEADLINE_WORDS), title)


def _names(field: Field, values: Iterable[str], source: Source) -> Iterator[Claim]:
    names = tuple(dict.fromkeys(name for value in values if (name := mended(fold(html.unescape(value))))))
    if names:
        yield Claim(field=field, value=names, source=source)


def _listed(words: str) -> list[str]:
    """Return the *words* of a list in one string, which semicolons part where there are any, else commas."""
    return words.split(";" if ";" in words else ",")


def _language(text: str, source: Source) -> Iterator[Claim]:
    """Yield the language of a tag as "id-ID"; "x-default" and "und" name none."""
    code = re.split(r"[-_]", fold(text).lower())[0]
    if re.fullmatch(r"[a-z]{2,3}", code) and code not in ("mul", "und", "zxx"):
        yield Claim(field="language", value=code, source=source)


def _time(field: Field, text: str | None, site: SiteRules, source: Source) -> Iterator[Claim]:
    if text and (moment := read_stated(text, site.timezone)):
        yield Claim(field=field, value=moment, source=source)


def _agree(one: Claim, other: Claim) -> bool:
    if isinstance(one.value, Moment) and isinstance(other.value, Moment):
        return one.value.at == other.value.at or one.source == "url"
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return {key(str(value)) for value in one.value} <= {key(str(value)) for value in other.value}
    return key(str(one.value)) == key(str(other.value))
