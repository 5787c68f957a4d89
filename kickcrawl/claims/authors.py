"""Judge who wrote an article, by what the page tells machines and by what it shows its readers.

In: the claims of JSON-LD, meta tags and markup, and the byline. Out: the claims that are believed. A name needs a
second source: search engines ask for an author in JSON-LD, and plug-ins give them one, even if it is only the account
that pasted the text in.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from kickcrawl.article import Claim
from kickcrawl.claims.byline import split_authors
from kickcrawl.claims.credits import is_joint, is_name, is_other_role, needs_name, without_label
from kickcrawl.claims.mojibake import mended
from kickcrawl.claims.own_names import is_author, is_own_name, key
from kickcrawl.claims.signature import Signature
from kickcrawl.page.blocks import Block, text_of
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

_MAX_OPENING_LINES = 2  # at the beginning of a text: who wrote it, the place
_MAX_WORDS_BESIDE = 8  # the names in such a line: the outlet's name, a day
_MAX_CLOSING_LINES = 3  # at the end of a text: who wrote it, the editor, the initials
_OFFICE = re.compile(
    rf"{any_of(WORDS.byline.agencies)}|{any_of(WORDS.byline.desks)}\s.*|.*\s{any_of(WORDS.byline.desks)}", re.IGNORECASE
)
_MAX_NAME_CHARACTERS = 60  # a longer text beside names is a description of somebody
_IN_META: Any = etree.XPath("boolean(//meta[contains(@content, $name)])")
_IN_TEXT: Any = etree.XPath("boolean(//body//text()[contains(., $name)][not(parent::script or parent::style)])")


def judge_authors(
    claims: Sequence[Claim], signature: Signature, own: Sequence[str], page: ParsedPage, *, is_news: bool
) -> list[Claim]:
    """Return those *claims* about authors that are believed, and the byline's where it says something else or more.

    *own* are the names of the site; *is_news* tells whether the *page* declares itself a news article.
    """
    claims = list(dict.fromkeys(claims))
    named = [replace(claim, value=names) for claim in claims if (names := _authors(claim, signature, own))]
    held = [claim for claim in named if _has_witness(claim, named, signature, own, page, is_news)]
    if any(not _is_site(claim, own) for claim in held):  # people go before the site that publishes them
        held = [claim for claim in held if not _is_site(claim, own)]
    shown = filter(None, map(mended, signature.names))
    names = _people(tuple(name for name in shown if is_author(name, own)), own)
    if names and all(_gives_way(claim, names, own, page) for claim in held):
        held.insert(0, Claim(field="authors", value=names, source="byline"))
    return held


def part_accounts(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return *claims* of a seed, each account that is called by the names of several people as these people.

    Two who wrote together may share an account, "Lalu Anom, Siti Rahma"; of "Kusuma, Arya" and "Dinas Kelautan dan
    Perikanan" not every part is a name.
    """
    return tuple(replace(claim, value=_holders(claim)) if claim.field == "authors" else claim for claim in claims)


def _holders(claim: Claim) -> tuple[str, ...]:
    people: list[str] = []
    for account in _names(claim):
        parts = split_authors(account)
        people += parts if len(parts) > 1 and all(map(is_name, parts)) else (account,)
    return tuple(dict.fromkeys(people))


def signed_in_text(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return who signs an article as a line of its own at its end: "Penulis: Lalu Anom dan Siti Rahma"; () if none."""
    return next(filter(None, map(_signers, paragraphs[-_MAX_CLOSING_LINES:])), ())


def without_signature(blocks: Sequence[Block], authors: Sequence[str]) -> list[Block]:
    """Return *blocks* without the line at their end that names *authors*, all or some, and says nothing else.

    Nor with one at their beginning that names all, behind a label and the outlet's name.
    """
    opening = [block for block in blocks[:_MAX_OPENING_LINES] if not _is_byline(block.text, authors)]
    own = [*opening, *blocks[_MAX_OPENING_LINES:]]
    closing = own[-_MAX_CLOSING_LINES:]
    kept = [block for block in closing if not (names := _signers(block.text)) or not set(names) <= set(authors)]
    return [*own[: len(own) - len(closing)], *kept]


def _is_byline(line: str, authors: Sequence[str]) -> bool:
    """Tell whether *line* is a label, all *authors* and, at most, the outlet's name or a day.

    "Laporan Wartawan Kabar Uji, Siti Rahma", "Oleh Siti Rahma, Senin, 14 Juli 2025".
    """
    rest = without_label(line)
    if rest == line or not authors or any(name not in rest for name in authors):
        return False
    for name in authors:
        rest = rest.replace(name, "", 1)
    words = re.findall(r"[^\s,;/&|]+", rest)
    return len(words) <= _MAX_WORDS_BESIDE and not any(word[0].islower() and not is_joint(word) for word in words)


def _signers(line: str) -> tuple[str, ...]:
    """Return the names in *line* if it is nothing but a label and these, "Penulis: Lalu Anom"; else ()."""
    label, colon, names = line.partition(":")
    if not colon or not needs_name(f"{label}:") or is_other_role(line):
        return ()
    people = split_authors(names)
    return people if all(map(is_name, people)) else ()


def _is_site(claim: Claim, own: Sequence[str]) -> bool:
    return all(is_own_name(name, own) for name in _names(claim))


def _people(names: tuple[str, ...], own: Sequence[str]) -> tuple[str, ...]:
    """Return *names* without the site, agencies and desks that stand beside people in a byline."""
    parted = [part for name in names for part in _parted(name, own)]
    people = [name for name in parted if not _is_office(name, own)]
    return tuple(dict.fromkeys(people)) or names


def _is_office(name: str, own: Sequence[str]) -> bool:
    """Tell whether *name* is the site's, an agency's or a desk's, or begins with the site's own: "NDR Lombok"."""
    first = key(name.split()[0])
    return is_own_name(name, own) or bool(_OFFICE.fullmatch(name)) or any(key(other) == first for other in own)


def _parted(name: str, own: Sequence[str]) -> list[str]:
    """Return the parts of "Siti Rahma/ANTARA" or "Siti Rahma (ANTARA)", or *name* if none is an agency or the site."""
    parts = [part.strip() for part in re.split(r"/|\s\((?=[^()]+\)$)", name.removesuffix(")"))]
    return parts if any(is_own_name(part, own) or _OFFICE.fullmatch(part) for part in parts) else [name]


def _names(claim: Claim) -> tuple[str, ...]:
    return tuple(name for name in claim.value if isinstance(name, str)) if isinstance(claim.value, tuple) else ()


def _authors(claim: Claim, signature: Signature, own: Sequence[str]) -> tuple[str, ...]:
    """Return the names in *claim* that can be authors'; the site's own name beside people only if it signs, too."""
    said = [name for name in _names(claim) if is_author(name, own)]
    # "View all posts by Siti Rahma" beside "Siti Rahma" is the text of a link.
    names = [name for name in said if not any(key(other) in key(name) and other != name for other in said)]
    people = [name for name in names if signature.has(name) or not is_own_name(name, own)]
    short = [name for name in people if len(name) <= _MAX_NAME_CHARACTERS]
    return tuple(short or people or names)


def _has_witness(
    claim: Claim, claims: Sequence[Claim], signature: Signature, own: Sequence[str], page: ParsedPage, is_news: bool
) -> bool:
    """Tell whether the authors of *claim* are to be believed.

    JSON-LD is believed where the article is news, else if the name stands anywhere else on the page. The site's own
    name stands all over its pages: for it a line at the headline counts, or JSON-LD and meta tags that agree. A meta
    tag with somebody else's name is believed: nothing makes a site write one where there is no author.
    """
    names = _names(claim)
    if (is_news and claim.source == "json-ld") or any(signature.has(name) for name in names):
        return True
    keys = {key(name) for name in names}
    if any(other.source != claim.source and keys & {key(name) for name in _names(other)} for other in claims):
        return True
    if all(is_own_name(name, own) for name in names):
        return False
    return claim.source != "json-ld" or any(_IN_META(page.root, name=name) or _is_shown(name, page) for name in names)


def _gives_way(claim: Claim, byline: Sequence[str], own: Sequence[str], page: ParsedPage) -> bool:
    """Tell whether *claim* gives way to the *byline*: it names only the site, or people whom the page does not show."""
    names = _names(claim)
    keys, signed = {key(name) for name in names}, {key(name) for name in byline}
    if claim.source == "markup":
        return keys != signed
    if keys & signed:
        return False
    return all(is_own_name(name, own) for name in names) or not any(_is_shown(name, page) for name in names)


def _is_shown(name: str, page: ParsedPage) -> bool:
    # XPath takes much longer, so first without. What stands behind the document's end lies beside its tree.
    texts = (page.text, *map(text_of, page.root.itersiblings("html")))
    spelled = [spelling for spelling in (name, name.upper()) if any(spelling in text for text in texts)]
    return any(_IN_TEXT(page.root, name=spelling) for spelling in spelled)
