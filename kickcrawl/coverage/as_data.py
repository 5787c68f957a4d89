"""A certificate as plain values: what ``coverage --json`` prints, and what datasheets hold."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from kickcrawl.coverage.certificate import Certificate
from kickcrawl.coverage.histories import Estimated, Untold
from kickcrawl.coverage.items import ITEM_STATES
from kickcrawl.coverage.rows import DAY_STATES, Row
from kickcrawl.coverage.words import ASSUMED, HOW, in_words, untold_in_words
from kickcrawl.dates import to_iso

COLUMNS = (
    "label", "named", "archived", "late", "gone", "rejected", "waiting", "excluded", "other", "missing", "share",
    "median_delay", "longest_delay", "state", "told_by",
)  # fmt: skip


def certificate_to_json(certificate: Certificate) -> dict[str, Any]:
    """Return *certificate* without its rows: sums, recall, who counted, the estimate, and all of it in words."""
    total = certificate.total
    return {
        "outlet": certificate.outlet,
        "timezone": certificate.timezone,
        "since": certificate.first.isoformat(),
        "until": certificate.last.isoformat(),
        "total": {name: value for name, value in row_to_json(total).items() if name not in ("label", "state")},
        "recall": {
            "of_named": total.share,
            "of_counted": _share(total.archived, total.wanted + certificate.beyond),
            "estimated": _estimated_recall(certificate),
        },
        "counted": [
            {
                **asdict(one.count),
                "at": to_iso(one.count.at),
                "beyond_all_named": one.articles,
                "years_beyond": sorted(one.years) if one.years is not None else None,
            }
            for one in certificate.unnamed
        ],
        "estimate": _estimate(certificate.estimate),
        "dated_by": dict(certificate.dated_by),
        "undated_missing": certificate.undated,
        "ruled_out": certificate.ruled_out,
        "crawled_since": certificate.crawled_since.isoformat() if certificate.crawled_since else None,
        "runs": dict(certificate.runs),
        "late_before": certificate.late_before,
        "how": HOW,
        "words": in_words(certificate),
    }


def row_to_json(row: Row) -> dict[str, Any]:
    """Return a row by column, with reasons and the states of its days; delays are in hours."""
    return {
        "label": row.label,
        "named": row.wanted,
        **{state: row.states.get(state, 0) for state in ITEM_STATES},
        "missing": row.missing,
        "late": row.late,
        "share": row.share,
        "median_delay": _hours(row.median_delay),
        "longest_delay": _hours(row.longest_delay),
        "state": row.state,
        "told_by": list(row.told_by),
        "days": {state: row.days[state] for state in DAY_STATES if row.days.get(state)},
        "reasons": {state: dict(reasons) for state, reasons in row.reasons.items() if reasons},
    }


def _estimate(found: Estimated | Untold) -> Mapping[str, Any]:
    if isinstance(found, Untold):
        return {"told": False, "why": found.why, "seeds": list(found.seeds), "words": untold_in_words(found)}
    return {"told": True, **asdict(found.estimate), "days": found.days, "assumed": ASSUMED}


def _estimated_recall(certificate: Certificate) -> list[float] | None:
    """Return low and high of the share archived, where *missing* ones and those that no seed named are missing."""
    found, total = certificate.estimate, certificate.total
    if isinstance(found, Untold) or total.share is None:
        return None
    one = found.estimate
    return [total.share * one.named / end for end in (one.high, one.low)]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _hours(time: timedelta | None) -> float | None:
    return round(time.total_seconds() / 3600, 2) if time is not None else None
