"""Read an article out of its pages.

In: a Page (all its HTML documents, the outlet's rules, what the seeds claimed). Out: an Article, or a Rejection that
says why it is none. Pure: no network, and no clock except to tell dates that lie in the future. Runs in a worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from kickcrawl.article import (
    Article,
    Claim,
    Field,
    Moment,
    Page,
    PageSource,
    Rejection,
    RelatedLink,
    SiteRules,
)
from kickcrawl.body.account import joined, left_out, with_account
from kickcrawl.body.furniture import without_furniture
from kickcrawl.body.house_rules import clean_blocks
from kickcrawl.body.read_body import Body, read_body
from kickcrawl.claims.authors import part_accounts, signed_in_text, without_signature
from kickcrawl.claims.from_text import read_text_fields
from kickcrawl.claims.metadata import choose, disagreeing, read_claims
from kickcrawl.fields import CLAIMED
from kickcrawl.identity import is_spelling, own_address, stated_address
from kickcrawl.page.blocks import Block, join_text
from kickcrawl.page.cuts import Cut
from kickcrawl.page.frame import NEEDS_SCRIPT, is_frame
from kickcrawl.page.kind import OTHER_KINDS, why_no_article
from kickcrawl.page.parsed import ParsedPage, parse_page
from kickcrawl.pictures.images import caption_featured
from kickcrawl.platforms import declared_kind
from kickcrawl.rights.page import page_statements
from kickcrawl.statement import Statement


@dataclass(frozen=True, slots=True)
class _Document:
    """What one HTML document of an article gives."""

    url: str
    disputed: tuple[Claim, ...]  # another address that it names as its own
    claims: list[Claim]
    root: HtmlElement
    body: Body
    blocks: list[Block]
    related: list[RelatedLink]
    rights: tuple[Statement, ...]


def extract(page: Page) -> Article | Rejection:
    """Return the article in *page*, its documents joined in order, or the reason why there is none.

    The first document decides all fields but text, images and related links, to which every document adds; the last
    one tells authors and tags where the first does not.
    """
    found, _ = _read(page)
    return found


def explain(page: Page) -> tuple[Article | Rejection, list[Cut]]:
    """Return what extract() does, and each piece of its documents that was left out, with the rule that did it."""
    found, documents = _read(page)
    return found, [cut for document in documents for cut in left_out(document.root, document.body)]


def _read(page: Page) -> tuple[Article | Rejection, list[_Document]]:
    documents: list[_Document] = []
    for source in page.sources:
        document = _read_document(source, page)
        if isinstance(document, Rejection):
            return document, documents
        if not documents or document.blocks != documents[-1].blocks:  # a site may answer ?page=9 with the first page
            documents.append(document)
    return _join(page, documents), documents


def _join(page: Page, documents: Sequence[_Document]) -> Article | Rejection:
    first, last = documents[0], documents[-1]
    claims = [*part_accounts(page.claims), *first.claims]
    if last is not first:
        claims += _said_at_the_end(first, last)
    if signed := signed_in_text([block.text for block in last.blocks]):
        claims.append(Claim(field="authors", value=signed, source="text"))
    chosen = {field: claim for field in CLAIMED if (claim := choose(claims, field))}
    written = [_without_furniture(document, chosen) for document in documents]
    blocks = [block for own in written for block in own]
    images = list(dict.fromkeys(image for document in documents for image in document.body.images))
    if "title" not in chosen:
        return Rejection(reason="no-title", detail=_why_empty(page, "neither a headline nor a title tag"))
    if not blocks and not images and not any(document.body.has_player for document in documents):
        return Rejection(reason="empty", detail=_why_empty(page, "no text and no picture where the article should be"))
    published, modified = _moment(chosen, "published_at"), _moment(chosen, "modified_at")
    return Article(
        url=first.url,
        title=str(chosen["title"].value),
        text=join_text(blocks),
        authors=_names(chosen, "authors"),
        sections=_renamed(_names(chosen, "sections"), dict(page.site.section_names)),
        tags=_names(chosen, "tags"),
        language=_text(chosen, "language"),
        published_at=published.at if published else None,
        published_offset=_offset(claims, published, page.site),
        modified_at=modified.at if modified else None,
        images=caption_featured(images, page.claims),
        related=tuple(dict.fromkeys(link for document in documents for link in document.related)),
        native_id=_text(chosen, "native_id") or page.native_id,
        origins={field: claim.source for field, claim in chosen.items()},
        disagreements=(*disagreeing(claims, chosen.values()), *first.disputed),
        reading=joined([with_account(one.body, own) for one, own in zip(documents, written, strict=True)]),
        pages_missing=page.pages_missing,
        rights=first.rights,
        **read_text_fields([block.text for block in blocks], page.site),
    )


def _said_at_the_end(first: _Document, last: _Document) -> list[Claim]:
    """Return what the *last* page says of authors and tags, where the *first* says nothing of them."""
    said = {claim.field for claim in first.claims}
    return [claim for claim in last.claims if claim.field in ("authors", "tags") and claim.field not in said]


def _why_empty(page: Page, otherwise: str) -> str:
    return NEEDS_SCRIPT if is_frame(page.sources[0]) else otherwise


def _read_document(source: PageSource, page: Page) -> _Document | Rejection:
    parsed = parse_page(source, page.site)
    if parsed is None:
        return Rejection(reason="unreadable", detail="no HTML in the answer, or elements nested without end")
    rejection = why_no_article(parsed, declared_kind(parsed))
    if rejection and not (page.is_requested and rejection.reason in OTHER_KINDS):
        return rejection
    claims = read_claims(parsed, page.claims)
    url, disputed = _addresses(parsed.root, source.url, page.requested_url)
    rights = page_statements(parsed)
    body = read_body(parsed, page.layouts, check=page.check)
    if body is None:  # no layout fits
        parsed, body = _in_full(source, page.site)
    kept, related = clean_blocks(body.blocks, source.url, body.cuts)
    return _Document(
        url=url,
        disputed=disputed,
        claims=claims,
        root=parsed.root,
        body=body,
        blocks=kept,
        related=related,
        rights=rights,
    )


def _in_full(source: PageSource, site: SiteRules) -> tuple[ParsedPage, Body]:
    """Parse *source*, which was readable before, once more, and read it without layouts."""
    parsed = parse_page(source, site)
    body = read_body(parsed) if parsed is not None else None
    if parsed is None or body is None:
        raise AssertionError("it was parsed before, and only layouts may not fit")
    return parsed, body


def _addresses(root: HtmlElement, url: str, requested: str) -> tuple[str, tuple[Claim, ...]]:
    """Return the page's own address, and what it claims instead; a claim that only spells it otherwise is believed."""
    own, stated = own_address(url, requested), stated_address(root, url, requested)
    if stated is None or stated == own:
        return own, ()
    if is_spelling(stated, own):
        return stated, ()
    return own, (Claim(field="url", value=stated, source="canonical"),)


def _without_furniture(document: _Document, chosen: dict[Field, Claim]) -> list[Block]:
    """Drop a headline that is repeated at the head of the text, and the lines about the article around it."""
    if "title" not in chosen:
        return document.blocks
    names = [name for field in CLAIMED for name in _names(chosen, field)]
    own = without_furniture(document.blocks, str(chosen["title"].value), names)
    own = without_signature(own, _names(chosen, "authors"))
    if len(own) < len(document.blocks):
        left = frozenset(own)  # a list would take the square of a page of short lines
        document.body.cuts.note([block for block in document.blocks if block not in left], "about")
    return own


def _moment(chosen: dict[Field, Claim], field: Field) -> Moment | None:
    claim = chosen.get(field)
    return claim.value if claim and isinstance(claim.value, Moment) else None


def _offset(claims: list[Claim], published: Moment | None, site: SiteRules) -> int | None:
    """Return the offset of the publish time as the outlet wrote it, in minutes east of UTC; else that of its time zone.

    An offset of zero does not count: content systems write it wherever the newsroom is.
    """
    if published is None:
        return None
    written = [c.value.offset for c in claims if c.field == "published_at" and isinstance(c.value, Moment)]
    own = published.at.astimezone(ZoneInfo(site.timezone)).utcoffset()
    zone = int(own.total_seconds() // 60) if own is not None else None
    return next((offset for offset in (published.offset, *written) if offset), zone)


def _names(chosen: dict[Field, Claim], field: Field) -> tuple[str, ...]:
    claim = chosen.get(field)
    return claim.value if claim and isinstance(claim.value, tuple) and not isinstance(claim.value, Moment) else ()


def _renamed(names: tuple[str, ...], archived: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(archived.get(name, name) for name in names))


def _text(chosen: dict[Field, Claim], field: Field) -> str | None:
    claim = chosen.get(field)
    return claim.value if claim and isinstance(claim.value, str) else None
