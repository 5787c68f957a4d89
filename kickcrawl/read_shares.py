"""Tell whether an outlet's pages are read otherwise than before: less of them, or more of them cut by some rule.

In: for each new article, and for each one before, how much of its page's prose was read and what each rule left out.
Out: a clause for each figure that has moved. Pure. A figure has moved if two things hold: more of the new articles lie
beyond the 90th percentile of the earlier ones than chance explains (binomial, as in kickcrawl.health; four of five, or
six of ten, are enough), and the median differs by a share that a reader would miss. Fewer than five articles never
tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from kickcrawl.health import MAX_CHANCE, chance_of

MIN_ARTICLES = 5  # new ones; three that lie outside by chance are no rarity
MIN_ARTICLES_BEFORE = 30  # of fewer, less than three lie beyond a tenth: it is not known where that begins
MIN_CHANGE = 0.1  # of the prose, between the medians: with less the text lacks no paragraph
_TAIL = 0.1  # of the articles before, that lie beyond the usual on either side


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigures:
    """How an article's pages were read: *share* of their prose that is in the text, and the share that each rule cut.

    *extractor* names the code that read them.
    """

    share: float
    cut: Mapping[str, float]
    extractor: str


def describe_change(new: Sequence[ReadFigures], before: Sequence[ReadFigures]) -> str | None:
    """Return what of the *new* articles is read otherwise than it was *before*, or None: a clause for the operator."""
    if len(new) < MIN_ARTICLES or len(before) < MIN_ARTICLES_BEFORE:
        return None
    moved = [_moved("of the prose is read", [one.share for one in new], [one.share for one in before])]
    for rule in sorted({rule for one in (*new, *before) for rule in one.cut}):
        shares = ([one.cut.get(rule, 0.0) for one in several] for several in (new, before))
        moved.append(_moved(f"is left out as {rule!r}", *shares))
    told = [clause for clause in moved if clause]
    if not told:
        return None
    is_other = {one.extractor for one in new}.isdisjoint(one.extractor for one in before)
    why = "another version of kickcrawl has read those before" if is_other else "the outlet may have a new layout"
    return f"of {len(new)} new articles {', '.join(told)} ({why}; compare with `kickcrawl explain --page`)"


def _moved(what: str, new: Sequence[float], before: Sequence[float]) -> str | None:
    """Return that a share has moved, if it has: "40% of the prose is read (80% was)"."""
    now, usual = median(new), median(before)
    if abs(now - usual) < MIN_CHANGE:
        return None
    low, *_, high = quantiles(before, n=round(1 / _TAIL), method="inclusive")
    outside = sum(share > high if now > usual else share < low for share in new)
    return f"{now:.0%} {what} ({usual:.0%} was)" if chance_of(outside, len(new), _TAIL) < MAX_CHANCE else None
