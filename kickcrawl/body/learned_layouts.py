"""What a crawl learns about its outlets' layouts: which are trusted, when one is checked, when one is dropped.

A container is trusted once several pages, read in full, agree on it with the independent witness. From then on pages
are read by it; every fiftieth page is read in full all the same, and so is every page that no layout fits. A layout is
dropped when the full reading finds the body elsewhere, when page after page does not fit, or when it is not used any
more after another one was learned: the outlet was rebuilt. Where the full reading finds text of the article in a box
that the layout cuts, such boxes are not cut any more. A page on which something was in doubt teaches nothing.

Only the crawl keeps this state. The worker that reads a page is told what to trust, and may be killed at any time.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kickcrawl.reading import Layout, Reading, ScatteredPaths

MIN_AGREEING_PAGES = 3  # before a container is trusted, or a box in it is cut
CHECK_INTERVAL = 50  # pages; of an outlet with trusted layouts every 50th is read in full
MAX_MISSED_PAGES = 3  # in a row that none of the layouts fits: then the outlet was rebuilt
MAX_UNSURE_PAGES = 10  # in a row of which the full reading cannot tell where the body stands
MAX_UNUSED_PAGES = 20  # since a layout was last used; applies once a newer one was learned
MAX_LAYOUTS = 4  # per outlet at a time: articles, photo posts, live blogs
MAX_PENDING = 16  # containers per outlet that are not trusted yet; some sites use a new class name on every page


@dataclass(slots=True)
class _OutletLayouts:
    """What is known of one outlet; the keys are paths of containers."""

    trusted: dict[str, Layout] = field(default_factory=dict)
    # Of containers that are not trusted yet, the last readings that found the body there; the latest container last.
    pending: dict[str, deque[Reading]] = field(default_factory=dict)
    planned: int = 0  # pages while a layout was trusted, of which every CHECK_INTERVALth from the first on is a check
    missed: int = 0  # pages in a row that no layout fitted
    unsure: int = 0  # pages in a row without a sure container
    pages: int = 0  # that were read
    used: dict[str, int] = field(default_factory=dict)  # number of the page that was last read by the layout
    learned: dict[str, int] = field(default_factory=dict)  # number of the page from which it is trusted
    # Of each layout: on how many checks a box was foreign that it does not cut, and which boxes it must never cut.
    foreign: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    own: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    extra_checks: int = 0  # of the next pages, since a check found something that the layout does not know


@dataclass(frozen=True, slots=True)
class Change:
    """A layout that is trusted from now on (*is_learned*), or no longer. *why* is a sentence for the log and archive.

    *was_wrong*: it led to a wrong text, also on pages that were read by it before; else the outlet was rebuilt.
    """

    layout: Layout
    is_learned: bool
    why: str
    was_wrong: bool = False


class Layouts:
    """The layouts of all outlets of a crawl, by the outlet's slug."""

    def __init__(self) -> None:
        self._outlets: defaultdict[str, _OutletLayouts] = defaultdict(_OutletLayouts)

    def trust(self, outlet: str, layouts: Iterable[Layout]) -> None:
        """Trust *layouts* of *outlet*, which an earlier crawl has learned in this order."""
        known = self._outlets[outlet]
        for number, layout in enumerate(layouts, 1 - MAX_LAYOUTS):
            known.trusted[layout.body] = layout
            known.learned[layout.body] = number

    def plan(self, outlet: str) -> tuple[tuple[Layout, ...], bool]:
        """Return the layouts that the next page of *outlet* may be read by, and whether it is to check them."""
        known = self._outlets[outlet]
        known.planned += bool(known.trusted)
        # The first page of a crawl is a check, too: the outlet may have been rebuilt since the last crawl.
        return tuple(known.trusted.values()), known.extra_checks > 0 or known.planned % CHECK_INTERVAL == 1

    def wanted(self, outlet: str) -> int:
        """Return how many pages of *outlet* to read in full at a time: as many as must agree before the next layout."""
        known = self._outlets[outlet]
        if known.trusted:  # most pages are read by these, and wait for none that is read in full
            return MIN_AGREEING_PAGES
        latest = next(reversed(known.pending.values()), ())
        return MIN_AGREEING_PAGES - len(latest) % MIN_AGREEING_PAGES  # those that contradict each other are as none

    def learn(self, outlet: str, reading: Reading) -> list[Change]:
        """Take in how a page of *outlet* was read; return the layouts that are trusted or dropped because of it."""
        known = self._outlets[outlet]
        if refuted := known.trusted.pop(reading.refuted or "", None):
            return [Change(refuted, False, "it led to another text than the full reading", was_wrong=True)]
        known.pages += 1
        body = reading.body or ""
        if not reading.in_full or body in known.trusted:
            known.missed = known.unsure = 0
            known.used[body] = known.pages
            return [*_amend(known, reading), *_drop_unused(known, body)]
        if not (body and reading.agrees):  # it says nothing about where the outlet's bodies stand
            known.unsure += bool(known.trusted)
            return _drop_all(known, MAX_UNSURE_PAGES) if known.unsure >= MAX_UNSURE_PAGES else []
        known.missed += bool(known.trusted)
        changes = _drop_all(known, MAX_MISSED_PAGES) if known.missed >= MAX_MISSED_PAGES else []
        return [*changes, *_learn_container(known, body, reading)]


def _learn_container(known: _OutletLayouts, body: str, reading: Reading) -> list[Change]:
    """Add *reading* to those of the container *body*, and trust it once enough of them agree."""
    readings = known.pending[body] = known.pending.pop(body, deque(maxlen=MIN_AGREEING_PAGES))
    readings.append(reading)
    if len(known.pending) > MAX_PENDING:
        del known.pending[next(iter(known.pending))]
    layout = _layout_of(body, readings)
    if len(readings) < MIN_AGREEING_PAGES or len(known.trusted) >= MAX_LAYOUTS or layout is None:
        return []
    if not known.trusted:
        known.planned = 1  # as after the first page of a crawl: what was learned just now needs no check yet
    known.trusted[body] = layout
    known.used[body] = known.learned[body] = known.pages
    known.own[body] = set().union(*(one.boxes.own for one in readings))
    known.pending.clear()
    if any(one.boxes.foreign - layout.foreign_boxes for one in readings):
        known.extra_checks = MIN_AGREEING_PAGES - 1  # other boxes were in doubt: the next pages tell more
    return [Change(layout, True, f"{MIN_AGREEING_PAGES} pages agree on it")]


def _drop_all(known: _OutletLayouts, pages: int) -> list[Change]:
    """Drop all layouts: none of them fitted the last *pages*."""
    changes = [
        Change(layout, False, f"the last {pages} pages were built otherwise") for layout in known.trusted.values()
    ]
    known.trusted.clear()
    known.missed = known.unsure = 0
    return changes


def _drop_unused(known: _OutletLayouts, body: str) -> list[Change]:
    """Drop layouts that fitted none of the last MAX_UNUSED_PAGES since *body*, which is newer, was learned.

    Not at once: during a relaunch old and new templates coexist.
    """
    unused = [
        layout
        for layout in known.trusted.values()
        if known.learned.get(layout.body, 0) < known.learned.get(body, 0)
        and known.pages - known.used.get(layout.body, 0) >= MAX_UNUSED_PAGES
    ]
    for layout in unused:
        del known.trusted[layout.body]
    return [Change(layout, False, f"none of the last {MAX_UNUSED_PAGES} pages was built so") for layout in unused]


def _amend(known: _OutletLayouts, reading: Reading) -> list[Change]:
    """Correct the layout that *reading*, a check, confirms: the boxes that it cuts, and the paths that it knows.

    A check that the witness does not confirm adds nothing: it may only speak against what the layout cuts or reads.
    """
    held = known.trusted.get(reading.body or "")
    if held is None or not reading.in_full:
        return []
    scattered = _merged(held.scattered, reading.scattered)
    if scattered is None:
        del known.trusted[held.body]
        why = "text of the story stands where other things stood, or the other way"
        return [Change(held, False, why, was_wrong=True)]
    foreign = held.foreign_boxes - reading.boxes.own
    if reading.agrees:
        new = replace(held, foreign_boxes=foreign | _new_foreign_boxes(known, held, reading), scattered=scattered)
    else:
        new = replace(held, foreign_boxes=foreign)
    known.trusted[held.body] = new
    if new == held:
        return []
    cut = bool(held.foreign_boxes - new.foreign_boxes)
    why = "a box that it cuts holds text of the story" if cut else "other things stand in the body than before"
    return [Change(held, False, why, was_wrong=cut), Change(new, True, "the same, but for that")]


def _new_foreign_boxes(known: _OutletLayouts, held: Layout, reading: Reading) -> frozenset[str]:
    """Return selectors that were foreign on MIN_AGREEING_PAGES checks in a row and never held text of the article.

    A box that the newsroom adds stays in the text until then, so the pages that follow such a check are checks, too.
    """
    own, counts = known.own[held.body], known.foreign[held.body]
    own |= reading.boxes.own
    seen = reading.boxes.foreign - held.foreign_boxes - own
    for selector in list(counts.keys() - seen):
        del counts[selector]
    counts.update(seen)
    known.extra_checks = known.extra_checks - 1 if known.extra_checks else (MIN_AGREEING_PAGES - 1 if seen else 0)
    return frozenset(selector for selector, times in counts.items() if times >= MIN_AGREEING_PAGES)


def _layout_of(body: str, readings: Sequence[Reading]) -> Layout | None:
    """Return what *readings* tell together. A box is foreign if it was on each of the pages, and held text on none.

    One that stood on a single page is in doubt: it may be a table or a pull quote that the witness did not know.
    Returns None where they contradict each other: text of the article stands on one page where other things stand on
    another.
    """
    foreign = frozenset.intersection(*(reading.boxes.foreign for reading in readings))
    own = frozenset().union(*(reading.boxes.own for reading in readings))
    standfirst = frozenset().union(*(reading.standfirst for reading in readings))
    scattered = _merged(*(reading.scattered for reading in readings))
    if scattered is None:
        return None
    return Layout(body, round(min(reading.share for reading in readings), 3), foreign - own, standfirst, scattered)


def _merged(*pages: ScatteredPaths) -> ScatteredPaths | None:
    """Return the paths of several *pages* as one; None where text has the path of other things on another page."""
    text = frozenset().union(*(paths.text for paths in pages))
    other = frozenset().union(*(paths.other for paths in pages))
    is_mixed = len({bool(paths.text) for paths in pages}) > 1
    return None if is_mixed or text & other else ScatteredPaths(text, other)
