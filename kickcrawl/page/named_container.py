"""Find the container by the names that themes give it: "entry-content", itemprop=articleBody.

In: elements of a tree. Out: the one that alone has a standard name, of nested ones the outermost; or None.
"""

from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

# Class names of the container in WordPress core, in its widespread themes and in Blogger; the surest first.
_CLASSES = (
    "entry-content", "post-content", "td-post-content", "article-content", "article-body", "post-body",
    "single-content",
)  # fmt: skip
_STANDARD = frozenset(_CLASSES)


class NamedContainers:
    """The elements of a tree with a standard name, in the tree's order: for whoever passes over the tree anyway."""

    __slots__ = ("_by_class", "_by_property")

    def __init__(self) -> None:
        self._by_property: list[HtmlElement] = []
        self._by_class: dict[str, list[HtmlElement]] = {name: [] for name in _CLASSES}

    def note_itemprop(self, node: HtmlElement) -> None:
        """Take in *node* if its itemprop names it as a container."""
        if node.get("itemprop") == "articleBody":
            self._by_property.append(node)

    def note_classes(self, node: HtmlElement, names: Iterable[str]) -> None:
        """Take in *node*, which has these standard *names*."""
        for name in names:
            self._by_class[name].append(node)

    def alone(self) -> HtmlElement | None:
        """Return the element that alone has the surest of the names that one alone has."""
        for found in (self._by_property, *self._by_class.values()):
            outermost = [node for node in found if not any(above in found for above in node.iterancestors())]
            if len(outermost) == 1:
                return outermost[0]
        return None


def named_container(scope: HtmlElement) -> HtmlElement | None:
    """Return the element below *scope* that alone has a standard name of the container."""
    named = NamedContainers()
    for node in scope.iterdescendants("*"):
        named.note_itemprop(node)
        named.note_classes(node, standard_names(node.get("class") or ""))
    return named.alone()


@lru_cache(maxsize=4096)  # a site's pages share their names; about 1 MB
def standard_names(classes: str) -> frozenset[str]:
    """Return those of *classes*, as they are written, that are standard names of the container."""
    return _STANDARD.intersection(classes.split())
