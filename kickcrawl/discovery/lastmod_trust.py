"""Whether an outlet's lastmod is to be believed: learned from what its seeds said and what was then found.

    always "now"                  all pages are fetched again in each run, and none has changed: a later time is no edit
    never but the publish time    nothing is ever said to be edited: the same time is no proof that nothing was

In: what a list said (Stated) and what came of pages that were fetched again (Check). Out: a Trust. The memory between
runs is one small record for each outlet and seed, kept as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta

from kickcrawl.discovery.build_time import build_time
from kickcrawl.discovery.lastmod import Lastmod

MIN_CHECKS = 8  # articles fetched again, before a later lastmod is doubted
MIN_SHARED_CHECKS = 3  # the same, where nearly all articles have one lastmod: it is a build's, or all were saved anew
MAX_FALSE_ALARMS = 0.9  # share of them that had not changed; an outlet that edits one in ten is believed
# Entries with both times, before a list is said to give nothing but the publish time. Few are enough, although none of
# a few may have been edited: it costs little to fetch a few again by age.
MIN_STATED = 3
MAX_EDITED = 0.01  # share of entries whose lastmod differs from it: of a thousand articles, some are edited anywhere
MIN_PROVEN = 30  # articles fetched again by chance, before silence is proven
MIN_MISSED = 2  # edits that were found by chance under an unchanged lastmod
MAX_CHECKS = 400  # remembered; beyond, the old ones count half, so that an outlet can mend its sitemap
SAME_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a list said of one article."""

    lastmod: Lastmod
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What came of an article that was fetched again: was its lastmod *later* than the fetch before, had its text
    *changed*? *is_repeated*: its last lastmod that was later was a false alarm, too. (The first teaches nothing: when
    a newsroom saves many articles anew, each has one. Where all share one lastmod, it does.)"""

    later: bool
    changed: bool
    is_repeated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LastmodMemory:
    """What is remembered of one outlet's seed, all as counts of articles."""

    stated: int = 0  # in the last whole list
    edited: int = 0  # of these, whose lastmod differs from the publish time
    shared: int = 0  # of these, where nearly all have one lastmod; else 0
    alarms: int = 0  # fetched again since the lastmod was later, but for the first false alarm of each
    false_alarms: int = 0  # of these, unchanged
    silent: int = 0  # fetched again by age, lastmod as before
    missed: int = 0  # of these, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What may be concluded. *edits*: a later lastmod means that the page is to be fetched. *silence*: the same lastmod
    means that it need not be looked at by age; *is_proven*: it was tried often enough. *reason* says why not, or is
    None."""

    edits: bool = True
    silence: bool = True
    is_proven: bool = False
    reason: str | None = None


def judge(memory: LastmodMemory) -> Trust:
    """Return how far lastmod is to be believed after what is remembered."""
    min_checks = MIN_SHARED_CHECKS if memory.shared else MIN_CHECKS
    if memory.alarms >= min_checks and memory.false_alarms >= MAX_FALSE_ALARMS * memory.alarms:
        said = f"of {memory.alarms} articles with a later lastmod, {memory.false_alarms} had not changed"
        return Trust(edits=False, silence=False, reason=said)
    if memory.missed >= MIN_MISSED:
        said = f"{memory.missed} of {memory.silent} articles had changed though lastmod was the same"
        return Trust(silence=False, reason=said)
    if memory.stated >= MIN_STATED and memory.edited <= MAX_EDITED * memory.stated:
        said = f"of {memory.stated} articles, {memory.edited} have a lastmod that is not the publish time"
        return Trust(silence=False, reason=said)
    return Trust(is_proven=memory.silent >= MIN_PROVEN)


def learn_list(memory: LastmodMemory, entries: Iterable[Stated]) -> LastmodMemory:
    """Return *memory* after a whole list; it takes the place of the list before."""
    stated = list(entries)
    is_shared = build_time([entry.lastmod.earliest.at for entry in stated if entry.lastmod.until is None]) is not None
    edited = sum(not _is_publish_time(entry) for entry in stated)
    return replace(memory, stated=len(stated), edited=edited, shared=len(stated) if is_shared else 0)


def learn_checks(memory: LastmodMemory, checks: Iterable[Check]) -> LastmodMemory:
    """Return *memory* after articles were fetched again."""
    for check in checks:
        if check.later and not check.changed and not check.is_repeated and not memory.shared:
            continue
        if check.later:
            memory = replace(memory, alarms=memory.alarms + 1, false_alarms=memory.false_alarms + (not check.changed))
        else:
            memory = replace(memory, silent=memory.silent + 1, missed=memory.missed + check.changed)
    return _faded(memory)


def to_json(memory: LastmodMemory) -> dict[str, int]:
    """Return *memory* as it is stored."""
    return asdict(memory)


def from_json(stored: Mapping[str, object]) -> LastmodMemory:
    """Return what to_json() wrote; what is missing or no count is 0."""
    names = [field.name for field in fields(LastmodMemory)]
    return LastmodMemory(**{name: value for name in names if isinstance(value := stored.get(name), int)})


def _is_publish_time(entry: Stated) -> bool:
    first = entry.lastmod.earliest.at
    if entry.lastmod.until is not None:
        return first <= entry.published < entry.lastmod.until
    return abs(first - entry.published) < SAME_TIME


def _faded(memory: LastmodMemory) -> LastmodMemory:
    if memory.alarms > MAX_CHECKS:
        memory = replace(memory, alarms=memory.alarms // 2, false_alarms=memory.false_alarms // 2)
    if memory.silent > MAX_CHECKS:
        memory = replace(memory, silent=memory.silent // 2, missed=memory.missed // 2)
    return memory
