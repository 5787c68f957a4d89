"""Read what a page states for machines in its meta tags and its links to files, each tag once: a dozen rules ask them.

In: the page's tree. Out: its HeadTags. Most of these tags stand in the page's head; microdata has some anywhere.
"""

from typing import NamedTuple

from lxml.html import HtmlElement


class Meta(NamedTuple):
    """A meta tag, by its attributes as written; "" where it lacks one."""

    property: str
    name: str
    itemprop: str
    content: str


class FileLink(NamedTuple):
    """A ``<link>``, by its attributes as written; "" where it lacks one."""

    rel: str
    href: str


class HeadTags(NamedTuple):
    """What a page states: all its *metas*, and all its *links* of the element link, in their order."""

    metas: tuple[Meta, ...]
    links: tuple[FileLink, ...]

    def stated(self, name: str) -> list[str]:
        """Return the contents of the meta tags with the property *name*."""
        return [meta.content for meta in self.metas if meta.property == name]


def read_head_tags(root: HtmlElement) -> HeadTags:
    """Return what the page *root* states."""
    metas, links = [], []
    for node in root.iter("meta", "link"):
        get = node.get
        if node.tag == "meta":
            metas.append(Meta(get("property", ""), get("name", ""), get("itemprop", ""), get("content", "")))
        else:
            links.append(FileLink(get("rel", ""), get("href", "")))
    return HeadTags(tuple(metas), tuple(links))
