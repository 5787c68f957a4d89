"""Where the body stands in an outlet's pages: how an element is written down on one page and found again on the next.

In: trees. Out: an element, or None where the page is not built as it was. Pure; what is trusted is told by layouts.py.

    div.entry-content  below  html/body/div/main/article   ->   "html/body/div/main/article/div.entry-content"
"""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from kickcrawl.page.boilerplate import prose_length
from kickcrawl.reading import Layout

_NAME = re.compile(r"[A-Za-z][A-Za-z_-]*")  # a class with a digit in it is a number of the post, or of the build
_OF_POST = re.compile(r"(?:category|tag|format|status|author)-.+|has-post-thumbnail|sticky")  # WordPress's post_class()
# Of the share of the page's prose that stood in the body on the pages it was learned from: with less, the page is
# built otherwise, although an element of that name is there.
_NEARLY = 0.8
_FAR_MORE = 3  # times the prose of the next that stands in the same place
_LITTLE = 300  # characters: of shorter stories the full reading decides


def path_of(node: HtmlElement) -> str:
    """Return where *node* stands: the tags above it, then its own tag and the class names that are words."""
    above = [ancestor.tag for ancestor in node.iterancestors()]
    return "/".join([*reversed(above), _last_step(node)])


def _last_step(node: HtmlElement) -> str:
    names = {name for name in (node.get("class") or "").split() if _NAME.fullmatch(name)}
    return ".".join([node.tag, *sorted(name for name in names if not _OF_POST.fullmatch(name))])


def share_of(node: HtmlElement, scope: HtmlElement) -> float:
    """Return the share of *scope*'s prose that stands in *node*, 0 to 1."""
    return prose_length(node) / max(1, prose_length(scope))


def stated_body(scope: HtmlElement, selectors: tuple[str, ...]) -> HtmlElement | None:
    """Return the element that the outlet's file says is the body: of its CSS *selectors* the first that fits one."""
    for selector in selectors:
        found = scope.cssselect(selector)
        if len(found) == 1:
            return found[0]
    return None


def find_body(
    scope: HtmlElement, layouts: tuple[Layout, ...], fits: Callable[[HtmlElement, Layout], bool]
) -> tuple[HtmlElement, Layout] | None:
    """Return the element of *scope*, pruned, that one of *layouts* describes, and which; None if none fits.

    Where several stand in the same place, as in pages built of modules, it is the one that holds far more prose.
    *fits* is asked last whether what stands in the element is known.
    """
    whole = prose_length(scope) if layouts else 0
    for layout in layouts:
        step = layout.body.rpartition("/")[2]
        same = [node for node in scope.iter(step.partition(".")[0]) if _last_step(node) == step]
        found = sorted(
            ((prose_length(node), n, node) for n, node in enumerate(same) if path_of(node) == layout.body), reverse=True
        )
        if not found or (len(found) > 1 and found[0][0] < _FAR_MORE * found[1][0]):
            continue
        prose, _, node = found[0]
        if prose >= _LITTLE and prose >= _NEARLY * layout.share * whole and fits(node, layout):
            return node, layout
    return None
