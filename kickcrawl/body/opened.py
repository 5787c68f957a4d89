"""Open what a reader opens with a click: panels of tabs, and questions of an accordion, which are headings or buttons.

In: the article's part of the tree, changed in place. Pages send all panels, and hide those that are not chosen; the
word on a panel's tab becomes its heading.

    <button role="tab" id="t1">Utara</button> ... <section role="tabpanel" aria-labelledby="t1" hidden><p>Di utara</p>
    ->   <section role="tabpanel"><h4>Utara</h4><p>Di utara</p>
"""

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from kickcrawl.page.blocks import fold, read_blocks, text_of
from kickcrawl.page.class_names import is_named_boilerplate
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.elements import HEADINGS

_ROLES: Any = etree.XPath("descendant::*/@role", smart_strings=False)  # values alone: a quarter of a pass's time
_TABS: Any = etree.XPath(".//*[@role='tab'][@id]")
_TOGGLES = frozenset(("tab", "pill"))
_TARGETS = ("href", "data-target", "data-bs-target", "aria-controls")
_UNSHOWN = re.compile(r"display:\s*none")
_PANELS = ("div", "section", "dd", "p")
_GOES_ON = re.compile(r"[\w,;(]\s*$")  # a sentence before a word in it ...
_GOES_ON_BEHIND = re.compile(r"\s*(?:[,;.)]|(?=\w)(?![A-Z]))")  # ... and behind it
_MIN_QUESTIONS = 2  # a lone button opens the rest of a text
_MIN_PROSE_LENGTH = 40  # characters
_HEADING = "h4"  # below those that newsrooms write themselves


def _show_toggled(scope: HtmlElement) -> None:
    """Show the prose below *scope* that is hidden until its tab is pressed, as Bootstrap and others build tabs."""
    openers = [
        node
        for node in scope.iterdescendants("a", "button")
        if node.get("data-toggle") in _TOGGLES or node.get("data-bs-toggle") in _TOGGLES
    ]
    if not openers:
        return
    opened = {name.strip().lstrip("#") for opener in openers for name in map(opener.get, _TARGETS) if name}
    for panel in [node for node in scope.iter("div", "section") if node.get("id") in opened]:
        if is_named_boilerplate(panel) or not _has_prose(panel):
            continue
        panel.attrib.pop("hidden", None)
        if _UNSHOWN.search(panel.get("style") or ""):
            panel.attrib.pop("style")


def _question_buttons(scope: HtmlElement) -> None:
    """Make headings of buttons below *scope* that are followed by prose, each by its own: they are its questions."""
    questions = [
        button
        for button in scope.iterdescendants("button")
        if fold(text_of(button)) and (answer := button.getnext()) is not None and _has_prose(answer)
    ]
    if len(questions) >= _MIN_QUESTIONS:
        for button in questions:
            button.tag = _HEADING


def _explained_words(scope: HtmlElement) -> None:
    """Make text of buttons below *scope* that stand inside of a sentence: words that are explained when pressed."""
    for button in [node for node in scope.iterdescendants("button") if node.getparent().tag in ("p", "li")]:
        previous = button.getprevious()
        before = previous.tail if previous is not None else button.getparent().text
        if _GOES_ON.search(before or "") and _GOES_ON_BEHIND.match(button.tail or ""):
            button.drop_tag()


def _has_prose(node: HtmlElement) -> bool:
    return (
        node.tag in ("div", "section", "p")
        and len(fold(text_of(node))) >= _MIN_PROSE_LENGTH
        and node.find(".//form") is None
    )


def open_panels(scope: HtmlElement, cuts: Cuts) -> None:
    """Unhide the panels of tabs below *scope*, each under its tab's word, and make buttons in headings text.

    A tab without a panel goes, and *cuts* takes note of it.
    """
    answers: set[str | None] = set()
    for button in list(scope.iterdescendants("button")):
        heading = next(button.iterancestors(*HEADINGS), None)
        if heading is not None and fold(text_of(heading)) == fold(text_of(button)):
            for sign in button.xpath(".//*[@aria-hidden='true']"):
                sign.drop_tree()  # a plus, an arrow
            answers.add(button.get("aria-controls"))
            button.drop_tag()
    answers.discard(None)
    for answer in [node for node in scope.iterdescendants(*_PANELS) if node.get("id") in answers] if answers else []:
        answer.attrib.pop("hidden", None)
    _explained_words(scope)
    _show_toggled(scope)
    _question_buttons(scope)
    has_panels = "tabpanel" in _ROLES(scope)  # few pages have
    panels = [node for node in scope.iterdescendants("*") if node.get("role") == "tabpanel"] if has_panels else []
    tabs = {tab.get("id"): tab for tab in _TABS(scope)} if panels else {}
    for panel in panels:
        panel.attrib.pop("hidden", None)
        tab = tabs.pop(panel.get("aria-labelledby"), None)
        word = fold(text_of(tab)) if tab is not None else ""
        if word and [block.text for block in read_blocks(panel)[:1]] != [word]:
            heading = E(_HEADING, word)
            heading.tail, panel.text = panel.text, None
            panel.insert(0, heading)
        if tab is not None:
            tab.drop_tree()
    for tab in tabs.values():
        cuts.drop(tab, "element")
