"""One HTML document of an article, parsed: what several readers of the page need, each found once.

PageSource (bytes) --parse_page--> ParsedPage --> why_no_article, read_claims, read_body
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from kickcrawl.article import PageSource, SiteRules
from kickcrawl.page.article_node import find_article_node
from kickcrawl.page.blocks import text_of
from kickcrawl.page.head_tags import HeadTags, read_head_tags
from kickcrawl.page.headline import find_headline, find_scope
from kickcrawl.page.html import parse_html
from kickcrawl.page.jsonld import json_ld_nodes
from kickcrawl.page.other_entries import entries_outside, other_entries
from kickcrawl.page.rights_lines import RightsLine, last_rights_lines

_ITEMPROPS: Any = etree.XPath("descendant::*/@itemprop", smart_strings=False)


@dataclass(frozen=True, kw_only=True)  # no slots: what few pages need is found when it is asked for, and kept
class ParsedPage:
    """An HTML document at the address *url*, of an outlet with the rules *site*.

    *root* is the whole tree, *head* what its tags for machines state. *scope* is the element that holds *headline*
    and article together; read_body uses it up, so that it comes last. *headline* is None where the page has none, or
    several. *json_ld* are all nodes of the page's JSON-LD, in its order; *node* is the one about its article, empty if
    there is none. *entries* are elements of the scope that lead to other articles: nothing in them is said of this one.
    *elements* are all of the tree: as long as somebody holds them, lxml does not make their Python objects anew in each
    of some hundred passes.
    """

    url: str
    site: SiteRules
    root: HtmlElement
    head: HeadTags
    headline: HtmlElement | None
    scope: HtmlElement
    elements: tuple[HtmlElement, ...]
    json_ld: tuple[dict[str, Any], ...]
    node: dict[str, Any]
    entries: Mapping[HtmlElement, str]

    @cached_property
    def all_entries(self) -> Mapping[HtmlElement, str]:
        """The entries of the whole tree, as it was when this was first asked for; by each, where it leads."""
        own = _holders(self.scope, self.headline)
        outside = entries_outside(self.scope, self.root, self.head, self.url, own)
        return {**self.entries, **outside}

    @cached_property
    def text(self) -> str:
        """All text of the body element, that of scripts, too, as it was when this was first asked for."""
        return text_of(next(self.root.iter("body"), self.root))

    @cached_property
    def rights_lines(self) -> list[RightsLine]:
        """The page's last lines with a sign of rights, the last first, as they were when this was first asked for."""
        return last_rights_lines(self.root, self.text)

    @cached_property
    def properties(self) -> dict[HtmlElement, str]:
        """What microdata calls the elements of the scope, of those that it calls something; in their order."""
        if not any(_ITEMPROPS(self.scope)):  # as in most; a third of the time
            return {}
        return {node: name for node in self.scope.iterdescendants("*") if (name := node.get("itemprop"))}


def parse_page(source: PageSource, site: SiteRules) -> ParsedPage | None:
    """Return the parsed page; None if its bytes hold no HTML, or none that can be read to its end."""
    root = parse_html(source)
    return page_of_tree(root, source.url, site) if root is not None else None


def page_of_tree(root: HtmlElement, url: str, site: SiteRules) -> ParsedPage:
    """Return the page at *url* whose tree is *root*; the tree is not changed."""
    elements = tuple(root.iter())
    head, headline, nodes = read_head_tags(root), find_headline(root), tuple(json_ld_nodes(root))
    scope = find_scope(root, headline)
    return ParsedPage(
        url=url,
        site=site,
        root=root,
        head=head,
        headline=headline,
        scope=scope,
        elements=elements,
        json_ld=nodes,
        node=find_article_node(nodes, root, head, url),
        entries=other_entries(root, head, url, _holders(scope, headline), scope),
    )


def _holders(scope: HtmlElement, headline: HtmlElement | None) -> tuple[HtmlElement, ...]:
    """Return elements that hold the page's own article, or speak of it."""
    around = headline.iterancestors() if headline is not None else ()
    return (scope, *scope.iterancestors(), *scope.iterchildren("footer"), *around)
