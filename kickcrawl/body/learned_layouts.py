"""What is learned of each outlet's layouts: which are trusted, when one is looked at again, when one no longer holds.

A container is trusted once several pages, read in full, agree on it with the independent witness. Then it serves; every
fiftieth page is read in full all the same, and so is every page that does not fit. Where the full reading finds the
body elsewhere, or page after page does not fit, or a layout serves no longer since another was learned, the outlet was
rebuilt: that is drift. Where it finds text of the story in a box that the layout cuts, such boxes are cut no longer.
Only the crawl keeps this; what reads a page is told what to trust, and may be killed without anything being forgotten.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kickcrawl.article import Reading
from kickcrawl.body.layout import Layout, Places

PAGES = 3  # that must agree before a container is trusted
CHECK = 50  # of so many pages that a layout served for, one is read in full
MISSES = 3  # pages in a row that none of the layouts fits: the outlet was rebuilt
UNSURE = 10  # as many of which the full reading is not sure where their body stands
LEFT = 20  # pages since a layout served, another having been learned since: the outlet has left it
KEPT = 4  # layouts of an outlet at a time: stories, photo posts, live blogs
SPOKEN_FOR = 16  # containers of an outlet of which readings are kept: a site may have another one for each page


@dataclass(slots=True)
class _Outlet:
    trusted: dict[str, Layout] = field(default_factory=dict)
    # of containers not yet trusted, the one spoken for last behind: how the last pages that spoke for one were read
    readings: dict[str, deque[Reading]] = field(default_factory=dict)
    served: int = 0
    missed: int = 0  # pages in a row, as above
    unsure: int = 0
    pages: int = 0  # that were read
    used: dict[str, int] = field(default_factory=dict)  # by which page each layout served last
    learned: dict[str, int] = field(default_factory=dict)  # from which page each was learned
    # of each layout: on how many checks a look was strange that it does not cut, and which never are
    stranger: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    own: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubts: int = 0  # so many of the next pages are checks, too: one found what the layout does not know


@dataclass(frozen=True, slots=True)
class Change:
    """A layout that is trusted from now on, or no longer. *why* is a sentence.

    *was_wrong*: it led to a wrong text, also on the pages that it served for; else the outlet was rebuilt.
    """

    layout: Layout
    is_learned: bool
    why: str
    was_wrong: bool = False


class Layouts:
    """The layouts of the outlets of a crawl."""

    def __init__(self) -> None:
        self._outlets: defaultdict[str, _Outlet] = defaultdict(_Outlet)

    def hold(self, outlet: str, layouts: Iterable[Layout]) -> None:
        """Trust *layouts* of *outlet*, which an earlier crawl has learned in this order."""
        known = self._outlets[outlet]
        for number, layout in enumerate(layouts, 1 - KEPT):
            known.trusted[layout.body] = layout
            known.learned[layout.body] = number

    def plan(self, outlet: str) -> tuple[tuple[Layout, ...], bool]:
        """Return the layouts that the next page of *outlet* may be read by, and whether it is to check them."""
        known = self._outlets[outlet]
        known.served += bool(known.trusted)
        # The first page of a crawl is one, too: the outlet may have been rebuilt since the last.
        return tuple(known.trusted.values()), known.doubts > 0 or known.served % CHECK == 1

    def learn(self, outlet: str, reading: Reading) -> list[Change]:
        """Be told how a page of *outlet* was read; return what that changes."""
        known = self._outlets[outlet]
        if refuted := known.trusted.pop(reading.refuted or "", None):
            return [Change(refuted, False, "it led to another text than the full reading", was_wrong=True)]
        known.pages += 1
        body = reading.body or ""
        if not reading.in_full or body in known.trusted:
            known.missed = known.unsure = 0
            known.used[body] = known.pages
            return [*_amend(known, reading), *_leave(known, body)]
        if not (body and reading.agrees):  # it says nothing about where the outlet's bodies stand
            known.unsure += bool(known.trusted)
            return _drop_all(known, UNSURE) if known.unsure >= UNSURE else []
        known.missed += bool(known.trusted)
        changes = _drop_all(known, MISSES) if known.missed >= MISSES else []
        readings = known.readings[body] = known.readings.pop(body, deque(maxlen=PAGES))
        readings.append(reading)
        if len(known.readings) > SPOKEN_FOR:
            del known.readings[next(iter(known.readings))]
        layout = _layout_of(body, readings)
        if len(readings) == PAGES and len(known.trusted) < KEPT and layout is not None:
            known.trusted[body] = layout
            known.used[body] = known.learned[body] = known.pages
            known.own[body] = set().union(*(one.looks.own for one in readings))
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
    """Trust no longer what has not served for long, *body* having been learned since: at a relaunch pages mix."""
    left = [
        layout
        for layout in known.trusted.values()
        if known.learned.get(layout.body, 0) < known.learned.get(body, 0)
        and known.pages - known.used.get(layout.body, 0) >= LEFT
    ]
    for layout in left:
        del known.trusted[layout.body]
    return [Change(layout, False, f"none of the last {LEFT} pages was built so") for layout in left]


def _amend(known: _Outlet, reading: Reading) -> list[Change]:
    """Correct the layout that *reading*, a check, confirms: what it cuts, and the places that it knows."""
    held = known.trusted.get(reading.body or "")
    if held is None or not reading.in_full:
        return []
    places = _together(held.places, reading.places)
    if places is None:
        del known.trusted[held.body]
        return [
            Change(held, False, "text of the story stands where other things stood, or the other way", was_wrong=True)
        ]
    strange = (held.strange - reading.looks.own) | _new_strangers(known, held, reading)
    new = known.trusted[held.body] = replace(held, strange=strange, places=places)
    if new == held:
        return []
    cut = bool(held.strange - strange)
    why = "a box that it cuts holds text of the story" if cut else "other things stand in the body than before"
    return [Change(held, False, why, was_wrong=cut), Change(new, True, "the same, but for that")]


def _new_strangers(known: _Outlet, held: Layout, reading: Reading) -> frozenset[str]:
    """Return the looks that were strange on PAGES checks in a row and never held text of the story.

    A box that the newsroom adds stays in the text until then: so the pages behind such a check are checks, too.
    """
    own, counts = known.own[held.body], known.stranger[held.body]
    own |= reading.looks.own
    seen = reading.looks.strange - held.strange - own
    for look in list(counts.keys() - seen):
        del counts[look]
    counts.update(seen)
    known.doubts = known.doubts - 1 if known.doubts else (PAGES - 1 if seen else 0)
    return frozenset(look for look, times in counts.items() if times >= PAGES)


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
