"""How a container is written down on one page and found again on the next: as a path.

In: trees. Out: an element, or None where the page is not built as the others were. Pure; which layouts are trusted is
decided in learned_layouts.py.

    div.entry-content  below  html/body/div/main/article   ->   "html/body/div/main/article/div.entry-content"
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from kickcrawl.page.blocks import text_of
from kickcrawl.page.boilerplate import prose_length
from kickcrawl.reading import Layout

_CLASS = re.compile(r"[A-Za-z][A-Za-z_-]*")  # one with a digit in it is a number of the post, or of the theme's build
_OF_POST = re.compile(r"(?:category|tag|format|status|author)-.+|has-post-thumbnail|sticky")  # WordPress's post_class()
# Of the layout's share of the page's prose; with less, the page is built otherwise although the path exists.
_MIN_LAYOUT_SHARE = 0.8
_MIN_LEAD_RATIO = 3  # of the prose of the largest element at a path to that of the second largest
_MIN_PROSE_LENGTH = 300  # characters: shorter articles are read in full


def path_of(node: HtmlElement) -> str:
    """Return the path of *node*: the tags above it, then its own tag and those of its class names that are words."""
    above = [ancestor.tag for ancestor in node.iterancestors()]
    return "/".join([*reversed(above), _last_step(node)])


def _last_step(node: HtmlElement) -> str:
    return _step_of(node.tag, node.get("class") or "")


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def _step_of(tag: str, classes: str) -> str:
    names = {name for name in classes.split() if _CLASS.fullmatch(name)}
    return ".".join([tag, *sorted(name for name in names if not _OF_POST.fullmatch(name))])


def share_of(node: HtmlElement, scope: HtmlElement) -> float:
    """Return the share of *scope*'s prose that stands in *node*, 0 to 1."""
    return prose_length(node) / max(1, prose_length(scope))


def stated_container(scope: HtmlElement, selectors: Sequence[str]) -> HtmlElement | None:
    """Return the container that the outlet's file states: the first of its CSS *selectors* that fits one element."""
    for selector in selectors:
        found = scope.cssselect(selector)
        if len(found) == 1:
            return found[0]
    return None


def find_container(
    scope: HtmlElement, layouts: Sequence[Layout], fits: Callable[[HtmlElement, Layout], bool]
) -> tuple[HtmlElement, Layout] | None:
    """Return the element of *scope*, pruned, that one of *layouts* describes, and which; None if none fits.

    Where several have the same path, as in pages built of modules, it is the one that holds far more prose than the
    others. *fits* has the last word: whether everything that stands in the element is known.
    """
    for layout in layouts:
        step = layout.body.rpartition("/")[2]
        same = [node for node in scope.iter(step.partition(".")[0]) if _last_step(node) == step]
        found = sorted(
            ((prose_length(node), n, node) for n, node in enumerate(same) if path_of(node) == layout.body), reverse=True
        )
        if not found or (len(found) > 1 and found[0][0] < _MIN_LEAD_RATIO * found[1][0]):
            continue
        prose, _, node = found[0]
        is_enough = prose >= _MIN_PROSE_LENGTH and _has_share(prose, _MIN_LAYOUT_SHARE * layout.share, scope)
        if is_enough and fits(node, layout):
            return node, layout
    return None


def _has_share(prose: int, share: float, scope: HtmlElement) -> bool:
    """Tell whether *prose* characters are so large a *share* of *scope*'s prose, or even of all its text."""
    return prose >= share * len(text_of(scope)) or prose >= share * prose_length(scope)
