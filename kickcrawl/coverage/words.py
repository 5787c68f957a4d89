"""A certificate in sentences: recall first, then who can tell, what is missing, and how all of it was computed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kickcrawl.coverage.certificate import Certificate
from kickcrawl.coverage.histories import Estimated, Untold
from kickcrawl.coverage.items import ItemState
from kickcrawl.coverage.rows import DAY_STATES, Row

MAX_SPANS = 10  # of days that are told one by one
STATES: dict[ItemState, str] = {
    "gone": "gone before it was fetched",
    "rejected": "rejected",
    "waiting": "waiting",
    "excluded": "not to be fetched",
}
MISSING: tuple[ItemState, ...] = ("gone", "rejected", "waiting")
HOW = (
    "an article is what a seed named or the archive holds, with all its addresses; its day is the newsroom's, by the "
    "article's publish time, else by its seed's or by its address, else the last that it can be of, by the month in its"
    " address, its last change or first naming"
)
ASSUMED = (
    "it takes for granted that these seeds name articles independently of each other and that one of them names all "
    "with equal chance; seeds made from one database leave out the same, and then more is missing than it says"
)


def in_words(certificate: Certificate) -> list[str]:
    """Return what a person may cite of *certificate*, a sentence each."""
    total = certificate.total
    return [
        *_recall(total),
        *_undated(certificate),
        *_counted(certificate),
        _estimated(certificate),
        _days(total),
        *_unknown(certificate.days),
        *_runs(certificate.runs),
        *_late(certificate),
        _how(certificate),
    ]


def _recall(total: Row) -> Iterator[str]:
    if not total.wanted:
        yield "recall: no article was named"
    else:
        told = f"recall: {total.archived:,} of {total.wanted:,} articles that were named are archived"
        yield f"{told} ({percent(total.archived, total.wanted)})"
    for state in MISSING:
        if count := total.states.get(state, 0):
            yield f"missing: {count:,} {STATES[state]} ({reasons_in_words(total, state)})"
    if count := total.states.get("excluded", 0):
        yield f"not to be fetched, and not counted: {count:,} ({reasons_in_words(total, 'excluded')})"
    if count := total.states.get("other", 0):
        yield f"no articles, and not counted: {count:,} pages ({reasons_in_words(total, 'other')})"


def _undated(certificate: Certificate) -> Iterator[str]:
    if certificate.undated:
        told = "missing articles have no day of their own: each is counted on the last that it can be of"
        yield f"undated: {certificate.undated:,} {told}"


def reasons_in_words(row: Row, state: ItemState) -> str:
    """Return why articles are in *state*, the most frequent reason first: "3 block-page, 1 timeout"."""
    reasons = row.reasons.get(state, {})
    return ", ".join(f"{count:,} {why}" for why, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0])))


def _counted(certificate: Certificate) -> Iterator[str]:
    for one in certificate.unnamed:
        told = f"counted: {one.count.seed} said at {one.count.at:%Y-%m-%d %H:%M} UTC that there are {one.count.total:,}"
        if one.articles:
            years = f", of {', '.join(map(str, sorted(one.years)))}" if one.years else ""
            yield f"{told}, {one.articles:,} more than anybody named; of which days is not known{years}"
        else:
            yield f"{told}, and no more were left unnamed"


def _estimated(certificate: Certificate) -> str:
    found = certificate.estimate
    if isinstance(found, Estimated):
        one, seeds = found.estimate, " and ".join(found.estimate.seeds)
        of = f"on the {found.days:,} days that {seeds} reach they named {one.named:,} articles, and with 95 %"
        told = f"estimated: {of} there were {one.low:,} to {one.high:,} (best: {one.articles:,.1f})"
        bound = f"; at least {one.at_least:,.1f} where articles differ (Chao)" if one.at_least is not None else ""
        return f"{told}: {percent(one.named, one.high)} to {percent(one.named, one.low)} were named{bound}; {ASSUMED}"
    return f"estimated: what no seed named cannot be told: {untold_in_words(found)}"


def untold_in_words(found: Untold) -> str:
    """Return why there is no estimate, a clause."""
    seeds = ", ".join(found.seeds)
    return {
        "one seed": f"no two seeds reach the same days ({seeds or 'none reaches a whole one'})",
        "contained": f"of {seeds} one names all that another names, and may be made from it",
        "few": f"{seeds} have too few articles in common",
        "no model": f"no model fits what {seeds} named",
    }[found.why]


def _days(total: Row) -> str:
    told = ", ".join(f"{total.days[state]:,} {state}" for state in DAY_STATES if total.days.get(state))
    return f"days: {told or 'none'}"


def _unknown(days: Sequence[Row]) -> Iterator[str]:
    for state, what in (("unknown", "no seed could tell"), ("partly", "seeds could tell a part only")):
        spans = spans_of(date.fromisoformat(row.label) for row in days if row.state == state)
        if spans:
            told = ", ".join(spans[:MAX_SPANS]) + (f" and {len(spans) - MAX_SPANS} more" if spans[MAX_SPANS:] else "")
            yield f"{state}: {what} of {told}"


def _runs(runs: Mapping[str, int]) -> Iterator[str]:
    if runs:
        ended = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(runs.items()))
        yield f"crawled: {sum(runs.values()):,} times on these days ({ended})"


def spans_of(days: Iterable[date]) -> list[str]:
    """Return *days* in order as spans: "2025-07-14", "2025-07-16 to 2025-07-20"."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = spans[-1][0], day
        else:
            spans.append((day, day))
    return [f"{first}" if first == last else f"{first} to {last}" for first, last in spans]


def _late(certificate: Certificate) -> Iterator[str]:
    total, before = certificate.total, certificate.late_before
    if total.median_delay is not None and total.longest_delay is not None:
        told = f"late: {total.late:,} of {total.archived:,} were archived more than a day after their publication"
        began = f", {before:,} of them published before the first crawl on {certificate.crawled_since}"
        half, longest = duration(total.median_delay), duration(total.longest_delay)
        yield f"{told}{began if before else ''}; half of all within {half}, the last after {longest}"


def _how(certificate: Certificate) -> str:
    by = ", ".join(f"{count:,} by {what}" for what, count in certificate.dated_by.items())
    ruled = f"; {certificate.ruled_out:,} addresses are left out by a rule as no articles"
    return f"how: {HOW}{f' ({by})' if by else ''}{ruled if certificate.ruled_out else ''}"


def percent(part: float, whole: float) -> str:
    """Return *part* of *whole* with a digit, rounded to neither none nor all unless it is.

    >>> percent(1999, 2000), percent(9999, 10000), percent(1, 1)
    ('99.9 %', '99.9 %', '100.0 %')
    """
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 100:
        share = min(99.9, max(0.1, share))
    return f"{share:.1f} %"


def duration(time: timedelta) -> str:
    """Return a time as people say it, in minutes, hours or days.

    >>> duration(timedelta(minutes=15)), duration(timedelta(hours=30)), duration(timedelta(days=400))
    ('15 min', '30 h', '400 d')
    """
    minutes = time.total_seconds() / 60
    if minutes < 90:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 60 * 48 else f"{minutes / 60 / 24:.0f} d"
