"""Read the times that the markup of an article states: ``<time>`` elements and the microdata of its dates.

In: the element that holds the article. Out: claims, in the order of the page. Times of comments, embeds and teasers are
none of the article's, nor is any in an entry that leads to another one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from kickcrawl.article import Claim, Field
from kickcrawl.claims.lines import tell_foreign
from kickcrawl.dates import parse_machine_time, parse_visible_time
from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.other_entries import is_within
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.vocabulary import WORDS, any_of

_DATES: dict[str, Field] = {"datePublished": "published_at", "dateModified": "modified_at"}
_UPDATED = re.compile(any_of(WORDS.dates.updated), re.IGNORECASE)
_PUBLISHED = re.compile(any_of(WORDS.dates.published), re.IGNORECASE)
_MAX_LABEL_CHARACTERS = 30  # before a time
_UPDATED_NAMES = ("updated", "date-modified")  # ends of class names
_MAX_TEXT_CHARACTERS = 100  # of a date in words
_MAX_WORDED_DATES = 5  # that are read: each costs milliseconds
_MIN_LIST_DATES = 3  # different ones in elements of one selector: they are a list
_MAX_ELEMENTS = 500  # with a date, that are read
_MAX_CARD_CHARACTERS = 25  # of a link beside the time in it: more than "Posted on" is another article's headline


def times_in_markup(page: ParsedPage) -> Iterator[Claim]:
    """Yield the times stated in the page's scope: those for machines, and those in words of a field without these."""
    timezone, language = page.site.timezone, page.site.language
    words: list[tuple[Field, str]] = []
    said: set[Field] = set()
    own = _own(page)
    for node in own:
        field, found = _field(node, is_alone=len(own) == 1), parse_machine_time(_stated(node), timezone)
        if found:
            said.add(field)
            yield Claim(field=field, value=found, source="markup")
        elif node.tag == "time" and (text := fold(text_of(node))):
            words.append((field, text[:_MAX_TEXT_CHARACTERS]))
    for field, text in words[:_MAX_WORDED_DATES]:
        if field not in said and (moment := parse_visible_time(text, timezone, language)):
            yield Claim(field=field, value=moment, source="visible")


def _own(page: ParsedPage) -> list[HtmlElement]:
    """Return the dated elements in the page's scope that are the article's, microdata first, for it says what it dates.

    Left out are those of other articles, of readers' comments, of social networks and of lists.
    """
    scope, headline = page.scope, page.headline
    named = [node for node, name in page.properties.items() if name in _DATES and node.tag != "time"]
    dated = [*named, *scope.iter("time")][:_MAX_ELEMENTS]
    if not dated:
        return []
    ours = {scope, *(headline.iterancestors() if headline is not None else ())}
    dated = [node for node in dated if not is_within(node, page.entries)]
    dated = [node for node in dated if not any(_is_foreign(holder, node) for holder in _between(node, scope, ours))]
    times: dict[str, set[str]] = defaultdict(set)
    for node in dated:
        times[_selector(node)].add(_stated(node))
    lists = {selector for selector, stated in times.items() if len(stated) >= _MIN_LIST_DATES}
    return [node for node in dated if _selector(node) not in lists or not ours.isdisjoint(_around(node)[1:])]


def _between(node: HtmlElement, scope: HtmlElement, ours: set[HtmlElement]) -> Iterator[HtmlElement]:
    for holder in node.iterancestors():
        if holder is scope:
            return
        if holder not in ours:
            yield holder


def _is_foreign(holder: HtmlElement, node: HtmlElement) -> bool:
    is_card = holder.tag == "a" and len(text_of(holder)) > len(text_of(node)) + _MAX_CARD_CHARACTERS
    return is_card or any(tell_foreign(holder))


def _around(node: HtmlElement) -> Sequence[HtmlElement]:
    return [node, *islice(node.iterancestors(), 2)]


def _selector(node: HtmlElement) -> str:
    """Return what elements of one kind share: tags and classes of *node* and of the two elements around it."""
    return " ".join(f"{holder.tag}.{holder.get('class')}" for holder in _around(node))


def _stated(node: HtmlElement) -> str:
    if node.tag == "time":
        return node.get("datetime") or node.get("content") or ""
    # in a meta's content, or as Blogger writes it, <abbr title="2025-07-14T09:30:00+08:00">
    return node.get("content") or node.get("title") or ""


def _field(node: HtmlElement, *, is_alone: bool) -> Field:
    if named := _DATES.get(node.get("itemprop") or ""):
        return named
    classes = set((node.get("class") or "").split())
    # WordPress gives a post that was never edited one element of both classes, which shows the publish time. Themes of
    # tagDiv give every post "entry-date updated" with that time. Hexo's Butterfly: "post-meta-date-updated".
    is_update = any(name.endswith(_UPDATED_NAMES) for name in classes) and classes.isdisjoint(
        ("published", "entry-date")
    )
    is_labelled = not is_alone and node.tag == "time" and _is_labelled_update(node)
    return "modified_at" if is_update or is_labelled else "published_at"


def _is_labelled_update(node: HtmlElement) -> bool:
    """Tell whether the words in the time *node*, or right before it, say that it is of a change."""
    before, parent = node.getprevious(), node.getparent()
    above = parent.text if before is None and parent is not None else before.tail if before is not None else ""
    label = f"{(above or '')[-_MAX_LABEL_CHARACTERS:]} {text_of(node)}"
    return bool(_UPDATED.search(label)) and not _PUBLISHED.search(label)
