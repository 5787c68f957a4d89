"""What is learned of each outlet's layouts: which are trusted, when one is looked at again, when one no longer holds.

A container is trusted once several pages, read in full, agree on it with the independent witness. Then it serves; every
fiftieth page is read in full all the same, and so is every page that does not fit. Where the full reading finds the
body elsewhere, or page after page does not fit, or a layout serves no longer since another was learned, the outlet was
rebuilt: that is drift. Where it finds text of the story in a box that the layout cuts, such boxes are cut no longer.
Only the crawl keeps this; what reads a page is told what to trust, and may be killed without anything being forgotten.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kickcrawl.article import Reading
from kickcrawl.layout import Layout, Places

PAGES = 3  # that must agree before a container is trusted
CHECK = 50  # of so many pages that a layout served for, one is read in full
MISSES = 3  # pages in a row that none of the layouts fits: the outlet was rebuilt
UNSURE = 10  # as many of which the full reading is not sure where their body stands
LEFT = 20  # pages since a layout served, another having been learned since: the outlet has left it
KEPT = 4  # layouts of an outlet at a time: stories, photo posts, live blogs


@dataclass(slots=True)
class _Outlet:
    trusted: dict[str, Layout] = field(default_factory=dict)
    # of containers not yet trusted: how the last pages that spoke for one were read
    readings: defaultdict[str, deque[Reading]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=PAGES)))
    served: int = 0
    missed: int = 0  # pages in a row, as above
    unsure: int = 0
    pages: int = 0  # that were read
    used: dict[str, int] = field(default_factory=dict)  # by which page each layout served last
    learned: dict[str, int] = field(default_factory=dict)  # from which page each was learned


@dataclass(frozen=True, slots=True)
class Change:
    """A layout that is trusted from now on, or no longer. *why* is a sentence."""

    layout: Layout
    is_learned: bool
    why: str


class Layouts:
    """The layouts of the outlets of a crawl."""

    def __init__(self) -> None:
        self._outlets: defaultdict[str, _Outlet] = defaultdict(_Outlet)

    def hold(self, outlet: str, layouts: Iterable[Layout]) -> None:
        """Trust *layouts* of *outlet*, which an earlier crawl has learned."""
        self._outlets[outlet].trusted.update({layout.body: layout for layout in layouts})

    def plan(self, outlet: str) -> tuple[tuple[Layout, ...], bool]:
        """Return the layouts that the next page of *outlet* may be read by, and whether it is to check them."""
        known = self._outlets[outlet]
        known.served += bool(known.trusted)
        # The first page of a crawl is one, too: the outlet may have been rebuilt since the last.
        return tuple(known.trusted.values()), known.served % CHECK == 1

    def learn(self, outlet: str, reading: Reading) -> list[Change]:
        """Be told how a page of *outlet* was read; return what that changes."""
        known = self._outlets[outlet]
        if refuted := known.trusted.pop(reading.refuted or "", None):
            return [Change(refuted, False, "it led to another text than the full reading")]
        known.pages += 1
        body = reading.body or ""
        if not reading.in_full or body in known.trusted:
            known.missed = known.unsure = 0
            known.used[body] = known.pages
            return [*_amend(known.trusted, reading), *_leave(known, body)]
        if not (body and reading.agrees):  # it says nothing about where the outlet's bodies stand
            known.unsure += bool(known.trusted)
            return _drop_all(known, UNSURE) if known.unsure >= UNSURE else []
        known.missed += bool(known.trusted)
        changes = _drop_all(known, MISSES) if known.missed >= MISSES else []
        readings = known.readings[body]
        readings.append(reading)
        layout = _layout_of(body, readings)
        if len(readings) == PAGES and len(known.trusted) < KEPT and layout is not None:
            known.trusted[body] = layout
            known.used[body] = known.learned[body] = known.pages
            known.readings.clear()
            changes.append(Change(layout, True, f"{PAGES} pages agree on it"))
        return changes


def _drop_all(known: _Outlet, pages: int) -> list[Change]:
    """Trust none of the layouts any more: the last *pages* were built otherwise."""
    changes = [
        Change(layout, False, f"the last {pages} pages were built otherwise") for layout in known.trusted.values()
    ]
    known.trusted.clear()
    known.missed = known.unsure = 0
    return changes


def _leave(known: _Outlet, body: str) -> list[Change]:
    """Trust no longer what has not served for long, since *body* was learned: at a relaunch old and new pages mix."""
    since = known.learned.get(body, 0)
    left = [
        layout
        for layout in known.trusted.values()
        if (used := known.used.get(layout.body, 0)) < since and known.pages - used >= LEFT
    ]
    for layout in left:
        del known.trusted[layout.body]
    return [Change(layout, False, f"none of the last {LEFT} pages was built so") for layout in left]


def _amend(trusted: dict[str, Layout], reading: Reading) -> list[Change]:
    """Correct the layout that *reading* confirms: it cuts no box that holds text of the story, and knows all places."""
    held = trusted.get(reading.body or "")
    if held is None or not reading.in_full:
        return []
    strange = held.strange - reading.looks.own
    places = _together(held.places, reading.places)
    if held.places.text and places is None:
        return [Change(trusted.pop(held.body), False, "text of the story stands where other things stood")]
    new = trusted[held.body] = replace(held, strange=strange, places=places or held.places)
    if new == held:
        return []
    why = (
        "a box that it cuts holds text of the story"
        if new.strange != held.strange
        else "paragraphs stand elsewhere, too"
    )
    return [Change(held, False, why), Change(new, True, "the same, but for that")]


def _layout_of(body: str, readings: Sequence[Reading]) -> Layout | None:
    """Return what *readings* tell together; a box that held text of the story on one of the pages is no stranger.

    None where they contradict each other: text of the story stands here in the places of other things there.
    """
    strange = frozenset().union(*(reading.looks.strange for reading in readings))
    own = frozenset().union(*(reading.looks.own for reading in readings))
    standfirst = frozenset().union(*(reading.standfirst for reading in readings))
    places = _together(*(reading.places for reading in readings))
    if places is None:
        return None
    return Layout(body, round(min(reading.share for reading in readings), 3), strange - own, standfirst, places)


def _together(*several: Places) -> Places | None:
    """Return *several* pages' places as one; None where one has text in the places that hold other things elsewhere."""
    text = frozenset().union(*(places.text for places in several))
    other = frozenset().union(*(places.other for places in several))
    is_mixed = len({bool(places.text) for places in several}) > 1
    return None if is_mixed or text & other else Places(text, other)
