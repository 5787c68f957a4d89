"""Which parameters of an outlet's addresses tell articles apart, and which are noise: learned, not listed.

    /baca.php?sid=401, /baca.php?sid=402     two headlines: sid is part of the address, whatever it means elsewhere
    /panen?xtor=RSS-1, /panen                one article: xtor is noise, though no public list names it

In: observations of addresses as they were written and what stood there. Out: Parameters. The memory between runs is a
few counts for each name; the public lists of tracking parameters are only the prior.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from kickcrawl.urls import is_passed_on

MIN_SAME = 3  # addresses with one article behind several values, before a name is noise that no list knows
MAX_NAMES = 100  # remembered for an outlet: a site that makes up names for each reader teaches nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What stood at an address: *identity* is equal for the same article (a digest of its text, or its headline)."""

    url: str  # as written, with all parameters
    identity: Hashable


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How often a name's values made no difference, and how often they led to another article."""

    same: int = 0
    different: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What is known of an outlet's parameter names, in small letters: *telling* are kept in a canonical address even if
    a public list calls them noise, *noise* are left out even if none does. All other names are the prior's."""

    telling: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()


def judge(memory: Mapping[str, Votes]) -> Parameters:
    """Return what the *memory* of an outlet says. One other article outweighs any number of same ones: an address too
    many is found again by its content, an article too few is lost."""
    return Parameters(
        telling=frozenset(name for name, votes in memory.items() if votes.different),
        noise=frozenset(name for name, votes in memory.items() if votes.same >= MIN_SAME and not votes.different),
    )


def learn(memory: Mapping[str, Votes], observations: Iterable[Observation]) -> dict[str, Votes]:
    """Return *memory* after *observations*, which should be those of one run or one list."""
    learned = dict(memory)
    for group in _by_page(observations).values():
        for name, is_same in _lessons(group):
            if name in learned or len(learned) < MAX_NAMES:
                votes = learned.get(name, Votes())
                learned[name] = (
                    replace(votes, same=votes.same + 1) if is_same else replace(votes, different=votes.different + 1)
                )
    return learned


def telling_in_list(entries: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Return the names whose values tell the entries of one list apart, by address as written and headline.

    A list that names /baca.php?sid=401 and ?sid=402 under two headlines means two articles. Where it gives no headline
    (None), its word for it is taken that the addresses are different ones; an empty headline tells nothing.
    """
    told = [
        Observation(url=url, identity=url if title is None else " ".join(title.split()).casefold())
        for url, title in entries
        if title != ""
    ]
    return judge(learn({}, told)).telling


_Values = frozenset[tuple[str, str]]


def _by_page(observations: Iterable[Observation]) -> dict[str, dict[_Values, Hashable]]:
    """Return for each address without parameters what stood there, by its parameters."""
    pages: dict[str, dict[_Values, Hashable]] = defaultdict(dict)
    for one in observations:
        parts = urlsplit(one.url)
        pages[f"{parts.netloc.lower()}{parts.path}"][_values(parts.query)] = one.identity
    return pages


def _lessons(group: Mapping[_Values, Hashable]) -> list[tuple[str, bool]]:
    """Return the names that a page's addresses teach, each with whether its values make no difference."""
    if len(group) < 2:
        return []
    names = {name for values in group for name, _ in values}
    if len(set(group.values())) == 1:  # whatever varies here is noise, also what varies together
        return [(name, True) for name in sorted(names) if len({_of(values, name) for values in group}) > 1]
    lessons = [(name, lesson) for name in sorted(names) if (lesson := _alone(group, name)) is not None]
    if any(not is_same for _, is_same in lessons):
        return lessons
    # Several vary together, a number and a session, say: which of them it is cannot be told, and each may be.
    settled = {name for name, _ in lessons}
    varying = [name for name in sorted(names - settled) if len({_of(values, name) for values in group}) > 1]
    return lessons + [(name, False) for name in varying]


def _alone(group: Mapping[_Values, Hashable], name: str) -> bool | None:
    """Tell whether the values of *name* make no difference where all else is equal; None where nothing tells."""
    seen: dict[_Values, set[Hashable]] = defaultdict(set)
    times: dict[_Values, int] = defaultdict(int)
    for values, identity in group.items():
        rest = frozenset(pair for pair in values if pair[0] != name)
        seen[rest].add(identity)
        times[rest] += 1
    compared = [rest for rest, count in times.items() if count > 1]
    return all(len(seen[rest]) == 1 for rest in compared) if compared else None


def _values(query: str) -> _Values:
    pairs = (part.partition("=") for part in query.split("&") if part)
    read = ((unquote(name).lower(), unquote(value)) for name, _, value in pairs)
    return frozenset((name, value) for name, value in read if not is_passed_on(name))


def _of(values: _Values, name: str) -> tuple[str, ...]:
    return tuple(sorted(value for key, value in values if key == name))
