"""Open what a reader opens with a click: panels of tabs, and questions of an accordion, which are headings and buttons.

In: the article's part of the tree, changed in place. Pages send all panels, and hide those that are not chosen; the
word on a panel's tab becomes its heading.

    <button role="tab" id="t1">Utara</button> ... <section role="tabpanel" aria-labelledby="t1" hidden><p>Di utara</p>
    ->   <section role="tabpanel"><h4>Utara</h4><p>Di utara</p>
"""

from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from kickcrawl.page.blocks import fold, read_blocks, text_of
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.elements import HEADINGS

_BUTTONS: Any = etree.XPath(".//button")
_PANELS: Any = etree.XPath(".//*[@role='tabpanel']")
_TABS: Any = etree.XPath(".//*[@role='tab'][@id]")
_HEADING = "h4"  # below those that newsrooms write themselves


def open_panels(scope: HtmlElement, cuts: Cuts) -> None:
    """Unhide the panels of tabs below *scope*, each under its tab's word, and make buttons in headings text.

    A tab without a panel goes, and *cuts* takes note of it.
    """
    for button in _BUTTONS(scope):
        heading = next((above for above in button.iterancestors() if above.tag in HEADINGS), None)
        if heading is not None and fold(text_of(heading)) == fold(text_of(button)):
            for sign in button.xpath(".//*[@aria-hidden='true']"):
                sign.drop_tree()  # a plus, an arrow
            button.drop_tag()
    panels = _PANELS(scope)
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
