"""Read who signs an article where readers see it: the byline near the headline, told by its markup or first word.

In: the headline and the element that holds it and the text. Out: the names, and the lines near the headline. What
stands in comments, teasers and quotations belongs to somebody else.

    <p class="byline">By <a>Siti Rahma</a> and <a>Lalu Anom</a> <span>Staff writer</span></p>
    ->   ("Siti Rahma", "Lalu Anom")
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from kickcrawl.claims.byline import split_authors
from kickcrawl.claims.byline_parts import parts_of, unwrapped
from kickcrawl.claims.credits import (
    is_filler,
    is_joint,
    is_name,
    is_one_name,
    is_other_role,
    names_writer,
    needs_name,
    without_label,
)
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.elements import SILENT
from kickcrawl.page.line import line_of
from kickcrawl.vocabulary import WORDS, any_of

# How sites call the element with the byline, by class, id or itemprop.
_MARKED = re.compile(
    rf"author|by-?line|writer|autor(?!i[sz])|posted-?by|creator|{any_of(WORDS.class_names.byline)}", re.IGNORECASE
)
# What is inside of one of these is by somebody else, or about another article.
_FOREIGN = re.compile(
    r"comment|related|recommend|teaser|\bcards?\b|sidebar(?<!no[-_]sidebar)(?<!has[-_]sidebar)(?<!with[-_]sidebar)|\bnav|footer|testimonial|quote|newsletter|popular|latest"
    rf"|caption|credit|{any_of(WORDS.class_names.other_articles)}",
    re.IGNORECASE,
)
_FOREIGN_TAGS = frozenset(("aside", "nav", "footer", "blockquote", "figure", "figcaption", "form"))
# Parts of a byline that are no name, by what their markup calls them.
_BESIDE = re.compile(r"bio|desc|categor|date|time|role|job|position|avatar|tooltip|social|action", re.IGNORECASE)
_ABOUT = re.compile(r"bio|desc|categor", re.IGNORECASE)
_SITE = re.compile(r"\S+\.[a-z]{2,}", re.IGNORECASE)  # "warta.example", before the names of its people
_LINE_TAGS = ("p", "div", "span", "strong", "b", "em", "i", "li", "h2", "h3", "h4", "h5", "h6", "td")
_SILENT = SILENT | {"time", "button"}
# Addresses of pages about people who write.
_OF_WRITER = re.compile(
    rf"/(?:authors?|contributors?|writers?|journalists?|columnists?|reporters?|{any_of(WORDS.class_names.byline)})/[^/]+/?$",
    re.IGNORECASE,
)
# "Artikel ini telah", "This post was": what follows says what was done with it.
_THIS_ARTICLE = re.compile(
    rf"{any_of(WORDS.dates.this_article)}\s+(?:[^\W\d_]+\s+)??(?={any_of(WORDS.byline.by)}\b)", re.IGNORECASE
)
# An icon that stands for "by" in themes: "fa fa-user", "bi bi-person", "icon-author".
_ICON = re.compile(
    r"(?:^|[\s_-])(?:user|person|author|penulis)(?:-(?:o|alt|circle|fill|line|solid|outline|edit|pen|tie|\d))*(?:\s|$)",
    re.IGNORECASE,
)
_ICON_TAGS = frozenset(("i", "svg", "span", "img"))
_ROLE_ALONE = re.compile(any_of((*WORDS.byline.roles, *WORDS.byline.writers)), re.IGNORECASE)
# Measured 2026-11-25: of the bylines that public sets have near the headline, all but two stand so near.
_MAX_DISTANCE_CHARACTERS = 1500  # between headline and byline: standfirst, captions, buttons
_MAX_ELEMENTS_BEFORE = 40  # the headline, among which a byline is searched
_MAX_LINE_CHARACTERS = 100  # a longer paragraph that begins with "By" is a sentence
_MAX_ROLE_CHARACTERS = 30  # of "freelance writer" and its like
_MAX_PIECES = 12  # an element with more is no byline, but holds one


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands round the headline: the *names* in its byline, and all *lines*, folded, in small letters."""

    names: tuple[str, ...] = ()
    lines: set[str] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Tell whether *name* stands there as a line of its own."""
        return name in self.names or name.lower() in self.lines


def read_signature(scope: HtmlElement, headline: HtmlElement | None) -> Signature:
    """Return what signs the article in *scope*; behind the headline is searched first, then before it."""
    lines: set[str] = set()
    if headline is None:
        return Signature(_first_names(scope.iter("*"), {scope}, lines), lines)
    holders = set(headline.iterancestors())
    behind, before = _beside(headline, scope), _beside(headline, scope, preceding=True)
    names = _first_names(behind, holders, lines) or _first_names(islice(before, _MAX_ELEMENTS_BEFORE), holders, lines)
    return Signature(names or _names_below(scope, holders), lines)


def signed_in(box: HtmlElement, holders: set[HtmlElement]) -> tuple[str, ...]:
    """Return the names in *box*, if it is marked as a byline and not of something else; *holders* hold the article."""
    return _names_in(box) if _is_marked(box) and not _is_foreign(box, holders) else ()


def _first_names(nodes: Iterator[HtmlElement], holders: set[HtmlElement], lines: set[str]) -> tuple[str, ...]:
    """Return the names in the first byline among *nodes*; *lines* collects the lines that were passed.

    *holders* are the elements that hold the whole article, whatever they are called.
    """
    passed = 0  # characters
    for node in nodes:
        behind = fold(node.tail or "")
        if node.tag not in SILENT and node.tag != "body":
            own = fold(node.text or "")
            if (names := _signing(node, own)) and not _is_foreign(node, holders):
                return names
            lines.update((without_label(own).lower(), behind.lower()))
            passed += len(own)
        if (names := _names_behind(behind) or _names_by_icon(node, behind)) and not _is_foreign(node, holders):
            return names
        passed += len(behind)
        if passed > _MAX_DISTANCE_CHARACTERS:
            break
    return ()


def _names_behind(text: str) -> tuple[str, ...]:
    """Return the names in *text*, what stands behind an element in its line, where it begins with "by" or its like."""
    if not text or len(text) > _MAX_LINE_CHARACTERS or not names_writer(text):
        return ()
    piece = next(iter(parts_of(without_label(text))), "")
    return tuple(name for name in split_authors(piece) if is_name(name))


def _names_by_icon(node: HtmlElement, behind: str) -> tuple[str, ...]:
    """Return the names behind *node*, in the text *behind* it or the next element, if it is the icon of a person."""
    if node.tag not in _ICON_TAGS or not _ICON.search(node.get("class") or "") or fold(node.text_content()):
        return ()
    after = node.getnext()
    text = behind or (line_of(after) if after is not None and isinstance(after.tag, str) else "")
    piece = next(iter(parts_of(without_label(text))), "") if len(text) <= _MAX_LINE_CHARACTERS else ""
    return tuple(name for name in split_authors(piece) if is_name(name))


def _names_below(scope: HtmlElement, holders: set[HtmlElement]) -> tuple[str, ...]:
    """Return the names behind the last label in *scope* that stands in a line of its own below the text.

    It has a colon, as in "Pewarta: Siti Rahma", or says outright what it is, as in "Ditulis oleh Siti Rahma".
    """
    for node in reversed(list(scope.iter(*_LINE_TAGS))):
        text = node.text
        if text and len(text) < _MAX_LINE_CHARACTERS and (own := unwrapped(fold(text))):
            if (names := _names_in_sentence(own)) and not _is_foreign(node, holders):
                return names
            label = own[: len(own) - len(without_label(own))].rstrip()
            is_outright = label.endswith((":", "：")) or (" " in label and names_writer(own))
            is_byline = is_outright and _is_line(node) and not _is_foreign(node, holders)
            if is_byline and (names := _names_in(node, marked=False)):
                return names
    return ()


def _names_in_sentence(text: str) -> tuple[str, ...]:
    """Return the names in a sentence that says who wrote: "Artikel ini ditulis oleh Siti Rahma, mahasiswa Unram"."""
    about = _THIS_ARTICLE.match(text)
    said = text[about.end() :] if about else ""
    if not said or not names_writer(said):
        return ()
    names = split_authors(without_label(said).partition(",")[0].rstrip(". "))
    return names if all(map(is_name, names)) else ()


def _beside(node: HtmlElement, scope: HtmlElement, *, preceding: bool = False) -> Iterator[HtmlElement]:
    """Yield the elements of *scope* behind *node* in reading order; *preceding*: those before it, the nearest first."""
    for above in chain((node,), node.iterancestors()):
        if above is scope:
            return
        for sibling in above.itersiblings("*", preceding=preceding):
            yield from sibling.iter("*")


def _signing(node: HtmlElement, text: str) -> tuple[str, ...]:
    if _is_marked(node):
        return _names_in(node)
    if node.tag == "a" and _OF_WRITER.search(node.get("href") or ""):
        name = without_label(line_of(node))
        return (name,) if is_name(name) or is_one_name(name) else ()
    text = unwrapped(text)
    if not text:
        return ()
    is_role = len(text) <= _MAX_ROLE_CHARACTERS and bool(_ROLE_ALONE.fullmatch(text))
    if without_label(text) == text and not is_role and not _is_labelled_later(text):
        return ()
    # The name stands behind the label in the same element, or the label alone in one of its own: <b>Oleh:</b> NAME.
    if _is_line(node) and (names := _names_in(node, marked=False)):
        return names
    parent, after = node.getparent(), node.getnext()
    if parent is None or not (needs_name(text) or is_role) or _is_of_entry(parent):
        return ()
    if _is_line(parent) and (names := _names_in(parent, marked=False)):
        return names
    name = line_of(after) if after is not None and isinstance(after.tag, str) else ""
    return (name,) if is_name(name) else ()


def _is_labelled_later(text: str) -> bool:
    """Tell whether *text* names somebody who did something else, and then who wrote: "Editor: A | Reporter: B"."""
    return (
        len(text) <= _MAX_LINE_CHARACTERS
        and is_other_role(text)
        and any(without_label(part) != part for part in parts_of(text))
    )


def _is_of_entry(byline: HtmlElement) -> bool:
    """Tell whether *byline* stands right behind a small heading: it signs an entry of a list, not the article."""
    before = byline.getprevious()
    return before is not None and before.tag in ("h3", "h4", "h5", "h6")


def _is_line(node: HtmlElement) -> bool:
    return len(fold(text_of(node))) < _MAX_LINE_CHARACTERS


def _is_marked(node: HtmlElement) -> bool:
    if node.get("rel") == "author":
        return True
    classes, identity, property_ = node.get("class"), node.get("id"), node.get("itemprop")
    return bool(classes or identity or property_) and _is_marked_by(classes or "", identity or "", property_ or "")


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _is_marked_by(classes: str, identity: str, property_: str) -> bool:
    if _ABOUT.search(classes):
        return False
    return any(value and _MARKED.search(value) for value in (classes, identity, property_))


def _is_foreign(node: HtmlElement, holders: set[HtmlElement]) -> bool:
    for above in chain((node,), node.iterancestors()):
        if above in holders or above.tag == "body":
            return False
        if (above.tag in _FOREIGN_TAGS and not _is_before_text(above)) or _is_foreign_name(
            f"{above.get('class')} {above.get('id')}"
        ):
            return True
    return False


@lru_cache(maxsize=4096)  # as above
def _is_foreign_name(names: str) -> bool:
    return _FOREIGN.search(names) is not None


def _is_before_text(node: HtmlElement) -> bool:
    """Tell whether *node* is a footer that stands before the text, as Drupal writes the line below its headline."""
    return node.tag == "footer" and any(next(after.iter("p"), None) is not None for after in node.itersiblings("*"))


def _names_in(node: HtmlElement, *, marked: bool = True) -> tuple[str, ...]:
    """Return the first name in *node*, and those that "and" or a comma joins to it."""
    pieces = list(islice(_pieces(node), _MAX_PIECES + 1))
    if len(pieces) > _MAX_PIECES:
        return ()
    # Behind "By" stands the name; before it, the section.
    start = next((n for n, piece in enumerate(pieces) if without_label(piece) != piece), None)
    is_alone = marked and (start is not None or len(pieces) == 1)
    is_labelled = start is not None and names_writer(pieces[start])
    found: list[str] = []
    before = ","
    for piece in pieces[start or 0 :]:
        if is_other_role(piece):
            break
        rest = without_label(piece)
        if rest and not is_filler(rest):
            said = [name for name in split_authors(rest) if is_alone or not _SITE.fullmatch(name)]
            names = list(takewhile(lambda name: _is_of_person(name, is_alone, is_labelled), said))
            if names and (not found or is_joint(before)):
                found += names
            elif found or not marked:
                break
        before = piece
    return tuple(dict.fromkeys(found))


def _is_of_person(name: str, is_alone: bool, is_labelled: bool) -> bool:
    return is_name(name, alone=is_alone) or (is_labelled and is_one_name(name))


def _pieces(node: HtmlElement, depth: int = 0) -> Iterator[str]:
    """Yield what stands in *node*, piece by piece as tags and bars part it, without what its markup calls no name."""
    yield from parts_of(node.text)
    for child in node:
        is_mute = not isinstance(child.tag, str) or child.tag in _SILENT
        if not is_mute and depth < _MAX_PIECES and not _BESIDE.search(child.get("class") or ""):
            yield from _pieces(child, depth + 1)
        yield from parts_of(child.tail)
