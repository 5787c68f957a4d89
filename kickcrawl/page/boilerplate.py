"""Cut out of an HTML tree what is not of the article: menus, share buttons, adverts, comments, embeds.

In: the tree, changed in place. Works by the standard elements and by the words in class and id names ("kn-share-top"
-> share), never by the names of one site. A name is a hint, the text is the evidence: outside of the body an element
that holds much of the page's prose is kept, and inside of it an element goes only if something else says the same.
"""

import re
from collections import Counter
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.page.blocks import text_of
from kickcrawl.page.class_names import (
    NOTHING,
    Told,
    is_named_boilerplate,
    is_named_for_form,
    lasting_names,
    told_by_name,
)
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.elements import INLINE, is_heading_button
from kickcrawl.page.named_container import NamedContainers
from kickcrawl.page.second_witness import (
    Edges,
    headed_boxes,
    holds_notice,
    is_beside,
    is_filler,
    is_in_sentence,
    is_labelled,
)
from kickcrawl.page.styled_spans import is_unseen
from kickcrawl.vocabulary import WORDS, any_of

# Elements that never hold the journalist's text, by their tag or role.
_ELEMENTS = frozenset("script style noscript template button select nav svg iframe object embed dialog".split())
_ROLES = frozenset(("navigation", "search", "banner"))
_OPENERS: Any = etree.XPath(".//@aria-controls")
# A class is never a reason to drop these: themes put every state of the page on them, and on a picture what opens it;
# whose a picture is, kickcrawl.pictures tells.
_NEVER = frozenset("html body main article head p h1 h2 h3 h4 blockquote table thead tbody tr td th pre img".split())
_MAX_PROSE_SHARE = 0.4  # of the page: an element with more is not removed for its name alone
_MAX_FOOTER_LENGTH = 200  # characters of prose of a footer that goes, also where nothing else is on the page
_MAX_LABEL_LENGTH = 60  # characters of prose of a box that is a label and buttons, also where nothing else is there
_MIN_BODY_SHARE = 0.5  # of the page's prose that stands in paragraphs side by side: these are the body's
_MIN_BODY_PARAGRAPHS = 3
_MIN_PARAGRAPH_LENGTH = 40  # characters
_MIN_MODULE_NAMES = 2  # classes that two modules share: one alone, "widget", is any box's
_MAX_READ_ALSO_LINKS = 5
_PICTURES = frozenset(("img", "amp-img", "picture"))
_READ_ALSO = re.compile(rf"[\W_]*{any_of(WORDS.links.read_also)}(?!\w)", re.IGNORECASE)


def prune(root: HtmlElement, keep: HtmlElement | None = None, cuts: Cuts | None = None) -> None:
    """Cut boilerplate below *root*, and note it in *cuts*. *keep*, the body, and everything above it stay.

    Without *keep* the body is the element that its name tells, or else the one in which most of the prose stands,
    paragraph by paragraph. In the body no header, footer or aside goes, and an element with a telling name goes only if
    a second witness agrees.
    """
    cuts = cuts if cuts is not None else Cuts()
    called = _called(root)
    if keep is None:
        named = called.containers.alone()
        keep = named if named is not None else prose_body(root)
    guarded = set(keep.iterancestors()) | {keep} if keep is not None else set()
    inside = set(keep.iterdescendants()) if keep is not None else set()
    beside = _named_boxes_beside(keep, called, inside) if keep is not None else []
    _cut_elements(called.elements, guarded | {root}, cuts)
    _cut_hidden(root, [node for node in called.hidden if node is not root and node not in guarded], inside, cuts)
    _cut_forms(root, guarded, cuts)
    prose = prose_length(root)
    cuts.measure(root)
    guarded |= _keep_read_also(root, called, cuts)
    guarded |= _other_modules(keep) if keep is not None else set()
    for node in [node for node in beside if node not in guarded]:
        cuts.drop(node, "named box" if is_labelled(node) else "name")
    _cut_headed_boxes(root, guarded | inside, cuts)
    _cut_named(root, called, guarded, inside, prose, cuts)
    _cut_asides(root, guarded | inside, prose, cuts)


class _Called(NamedTuple):
    """What the elements of a tree are called, each list in their order: those that may go for it.

    *elements* never hold text, by their tag or role; *hidden* have that attribute or style; *named* have a class or id
    that tells something. *containers* are those whose name tells that they hold the article.
    """

    elements: list[HtmlElement]
    hidden: list[HtmlElement]
    named: dict[HtmlElement, Told]
    containers: NamedContainers


def _called(root: HtmlElement) -> _Called:
    """Return what *root* and the elements below it are called, found in one pass."""
    elements, hidden, named, containers = called = _Called([], [], {}, NamedContainers())
    for node in root.iter("*"):
        has = node.keys()  # to ask for an attribute that is not there takes as long as for one that is
        if node.tag in _ELEMENTS or ("role" in has and node.get("role") in _ROLES):
            elements.append(node)
        if not has:
            continue
        if "hidden" in has:
            hidden.append(node)
        if "style" in has and node.tag == "span" and is_unseen(node):
            hidden.append(node)
        if "itemprop" in has and node is not root:
            containers.note_itemprop(node)
        classes, identity = node.get("class") if "class" in has else "", node.get("id") if "id" in has else ""
        if (classes or identity) and (told := told_by_name(classes, identity)) is not NOTHING:
            if told.container and node is not root:
                containers.note_classes(node, told.container)
            if True in told:
                named[node] = told
    return called


def _is_below(node: HtmlElement, root: HtmlElement) -> bool:
    return node is root or root in node.iterancestors()


def _cut_elements(elements: list[HtmlElement], guarded: set[HtmlElement], cuts: Cuts) -> None:
    """Cut those *elements* that never hold the journalist's text."""
    for node in [node for node in elements if node.tag != "button" or not is_heading_button(node)]:
        if node not in guarded:
            cuts.drop(node, "element")


def _cut_forms(root: HtmlElement, guarded: set[HtmlElement], cuts: Cuts) -> None:
    """Cut forms; some systems put the whole page into one, which stays."""
    forms = list(root.iter("form"))
    max_length = _MAX_PROSE_SHARE * prose_length(root) if forms else 0
    for form in [form for form in forms if prose_length(form) < max_length]:
        if form not in guarded:
            cuts.drop(form, "element")


def _keep_read_also(root: HtmlElement, called: _Called, cuts: Cuts) -> set[HtmlElement]:
    """Cut the pictures of boxes that link to other articles; return all else in these, which is read as related."""
    named = [node for node, told in called.named.items() if told.boilerplate and _is_below(node, root)]
    boxes = [node for node in [*named, *root.iter("aside")] if _is_read_also(node)]
    for picture in [picture for box in boxes for picture in box.iter(*_PICTURES)]:
        cuts.drop(picture, "related")
    return {node for box in boxes for node in box.iter("*") if node.tag not in _PICTURES}


def _cut_headed_boxes(root: HtmlElement, kept: set[HtmlElement], cuts: Cuts) -> None:
    """Cut the boxes whose heading says that they are of something else."""
    for box in headed_boxes(root):
        if box not in kept:
            cuts.drop(box, "named box")


def _cut_named(
    root: HtmlElement, called: _Called, guarded: set[HtmlElement], inside: set[HtmlElement], prose: int, cuts: Cuts
) -> None:
    """Cut embeds, what nobody sees, and outside of the body what goes by its name and holds little of all *prose*."""
    for node in [node for node in called.named if node not in guarded and _is_below(node, root)]:
        told = called.named[node]
        if cuts.is_done_with(node):
            continue
        if told.embed:
            cuts.drop(node, "embed")
        elif told.unseen:
            cuts.drop(node, "hidden")
        elif told.boilerplate and node not in inside and _may_go(node):
            if is_labelled(node) and next(node.iter("h1"), None) is None:
                cuts.drop(node, "named box")
            elif prose_length(node) < _MAX_PROSE_SHARE * prose:
                cuts.drop(node, "name")


def _cut_asides(root: HtmlElement, kept: set[HtmlElement], prose: int, cuts: Cuts) -> None:
    """Cut asides, footers and headers with little of all *prose*, and no headline, notice or picture of the article."""
    for tag in ("aside", "footer", "header"):
        for node in [node for node in root.iter(tag) if node not in kept]:
            is_little = prose_length(node) < max(_MAX_PROSE_SHARE * prose, _MAX_FOOTER_LENGTH if tag != "header" else 0)
            headings = ("h1", "h2") if tag == "header" else ("h1",)  # a crumb may be the h1, and the headline an h2
            is_shown = tag == "header" and _shows_picture(node)
            if is_little and not is_shown and next(node.iter(*headings), None) is None and not holds_notice(node):
                cuts.drop(node, "aside")


def _shows_picture(header: HtmlElement) -> bool:
    """Tell whether *header* is one of an article, not of the site, and shows a picture."""
    has_picture = next(header.iter(*_PICTURES), None) is not None
    return has_picture and next(header.iterancestors("article"), None) is not None


def _named_boxes_beside(body: HtmlElement, called: _Called, inside: set[HtmlElement]) -> list[HtmlElement]:
    """Return the elements *inside* of *body* that are called boilerplate, and a second witness says so, too."""
    boilerplate = (node for node, told in called.named.items() if told.boilerplate and node.tag not in _NEVER)
    named = [node for node in boilerplate if node in inside]
    if not named:
        return []
    edges, prose = Edges(body), prose_length(body)
    return [
        node
        for node in named
        if (
            prose_length(node) < _MAX_PROSE_SHARE * prose
            or (prose_length(node) < _MAX_LABEL_LENGTH and is_labelled(node))
        )
        and (not (node.tag in INLINE and is_in_sentence(node)) or is_filler(node))
        and not _is_picture_alone(node)
        and is_beside(node, edges)
    ]


def _may_go(node: HtmlElement) -> bool:
    """Tell whether *node*, outside of the body, may go for its name: it is no correction notice and no picture."""
    if node.tag in _NEVER or (node.tag in INLINE and is_in_sentence(node)) or holds_notice(node):
        return False
    return not _is_picture_alone(node)


def _is_picture_alone(node: HtmlElement) -> bool:
    """Tell whether *node* holds a picture and no text, and its name says no more than how it is shown."""
    if next(node.iter(*_PICTURES), None) is None or text_of(node).strip():
        return False
    return is_named_for_form(node)


def _cut_hidden(root: HtmlElement, hidden: list[HtmlElement], inside: set[HtmlElement], cuts: Cuts) -> None:
    """Cut what is *hidden* below *root*, but for panels and paragraphs of the body, which a reader can open."""
    openers = {name for names in _OPENERS(root) for name in names.split()} if hidden else set()
    for node in hidden:
        can_open = node.get("role") == "tabpanel" or node.get("hidden") == "until-found" or node.get("id") in openers
        is_foreign = is_named_boilerplate(node) or is_labelled(node)
        if node not in inside or is_foreign or not (can_open or _has_paragraph(node)):
            cuts.drop(node, "hidden")


def prose_body(root: HtmlElement) -> HtmlElement | None:
    """Return the element whose own paragraphs are most of the prose below *root*; None where there is none."""
    lengths: Counter[HtmlElement] = Counter()
    numbers: Counter[HtmlElement] = Counter()
    for paragraph in root.iter("p"):
        if (length := prose_length(paragraph)) >= _MIN_PARAGRAPH_LENGTH:
            lengths[paragraph.getparent()] += length
            numbers[paragraph.getparent()] += 1
    if not lengths:
        return None
    best, length = lengths.most_common(1)[0]
    is_body = numbers[best] >= _MIN_BODY_PARAGRAPHS and length >= _MIN_BODY_SHARE * sum(lengths.values())
    is_other = is_named_boilerplate(best) and best.find("h1") is None  # "sidebar-main", with the headline in it
    return best if is_body and best is not root and not is_other else None


def _other_modules(body: HtmlElement) -> set[HtmlElement]:
    """Return the elements with paragraphs that are built as the one beside them that holds *body*.

    A newsroom's page may be put together of modules, "article-widget article-widget-text", with teasers between them:
    a name that the body itself goes by says nothing against the others.
    """
    modules = ((node, lasting_names(node)) for node in (body, *body.iterancestors()) if is_named_boilerplate(node))
    return {
        other
        for module, names in modules
        if len(names) >= _MIN_MODULE_NAMES
        for other in (*module.itersiblings(module.tag), *module.itersiblings(module.tag, preceding=True))
        if lasting_names(other) == names and _has_paragraph(other) and not _says_what_else(other)
    }


def _says_what_else(module: HtmlElement) -> bool:
    """Tell whether *module* says itself that it is of something else, by its label or by a heading in it."""
    return is_labelled(module) or bool(headed_boxes(module))


def _has_paragraph(node: HtmlElement) -> bool:
    return any(prose_length(paragraph) >= _MIN_PARAGRAPH_LENGTH for paragraph in node.iter("p"))


def prose_length(node: HtmlElement) -> int:
    """Return the characters of text below *node* outside of links: menus and lists of headlines count little."""
    return len(text_of(node)) - sum(len(text_of(anchor)) for anchor in node.iterdescendants("a"))


def _is_read_also(node: HtmlElement) -> bool:
    """Tell whether *node* is a read-also label with a few links, which house_rules.py keeps as related articles."""
    anchors = list(islice(node.iterdescendants("a"), _MAX_READ_ALSO_LINKS + 1))
    if not 0 < len(anchors) <= _MAX_READ_ALSO_LINKS or not _READ_ALSO.match((text := text_of(node)).lstrip()):
        return False
    beside = text
    for anchor in anchors:
        beside = beside.replace(text_of(anchor), "", 1)
    return _says_nothing_else(beside) and not _says_nothing_else(text)


def _says_nothing_else(text: str) -> bool:
    """Tell whether *text* holds no word but a read-also label."""
    return not re.search(r"\w", _READ_ALSO.sub("", text, count=1))
