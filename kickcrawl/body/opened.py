"""Open what a reader opens with a click: panels of tabs, and questions of an accordion, which are headings and buttons.

In: the article's part of the tree, changed in place. Pages send all panels, and hide those that are not chosen; the
word on a panel's tab becomes its heading.

    <button role="tab" id="t1">Utara</button> ... <section role="tabpanel" aria-labelledby="t1" hidden><p>Di utara</p>
    ->   <section role="tabpanel"><h4>Utara</h4><p>Di utara</p>
"""

from lxml.html import HtmlElement
from lxml.html.builder import E

from kickcrawl.page.blocks import HEADINGS, fold, text_of

_HEADING = "h4"  # below those that newsrooms write themselves


def open_panels(scope: HtmlElement) -> None:
    """Unhide the panels of tabs below *scope*, each under its tab's word, and make buttons in headings text."""
    for button in list(scope.iter("button")):
        if any(above.tag in HEADINGS for above in button.iterancestors()):
            button.drop_tag()
    for mark in scope.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]//*[@aria-hidden='true']"):
        mark.drop_tree()  # the plus of an accordion's question
    panels = scope.xpath(".//*[@role='tabpanel']")
    tabs = {tab.get("id"): tab for tab in scope.xpath(".//*[@role='tab'][@id]")} if panels else {}
    for panel in panels:
        panel.attrib.pop("hidden", None)
        tab = tabs.get(panel.get("aria-labelledby"))
        word = fold(text_of(tab)) if tab is not None else ""
        if word and not fold(text_of(panel)).startswith(word):
            heading = E(_HEADING, word)
            heading.tail, panel.text = panel.text, None
            panel.insert(0, heading)
    for tab in tabs.values():
        if tab.getparent() is not None:
            tab.drop_tree()
