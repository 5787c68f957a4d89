"""The record of an alert: what is wrong, whose fault it is, since when, how sure that is, and what to do.

Pure. The judges in this room and in the archive return alerts; archive.alerts keeps them and has them delivered.
"""

from dataclasses import dataclass
from datetime import datetime

from kickcrawl.health import Complaint

TOLD_CERTAINTY = 0.99  # from here on an alert begins and is told

# Each has a section in docs/alerts.md.
KINDS = {
    "failed": "the last run failed",
    "died": "the last run died without a word",
    "overdue": "nothing ran",
    "addresses": "addresses without a state: a mistake of kickcrawl's own",
    "nothing": "nothing of the outlet is archived",
    "seeds": "a seed was not read to its end",
    "ours": "pages wait for a mistake of kickcrawl's own",
    "rejections": "pages are no articles",
    "wall": "pages answer with a login, a consent form or a challenge",
    "fields": "titles, authors or times are missing",
    "layout": "pages no longer fit the layouts that were learned",
    "silence": "far fewer articles than the outlet's own past and the calendar let expect",
    "decline": "fewer and fewer articles, over weeks",
    "robots": "robots.txt says otherwise",
    "terms": "the terms of use read otherwise",
    "certificate": "the TLS certificate is about to expire",
    "domain": "the domain is about to expire",
    "disk": "the disk will be full within the month",
    "clock": "this machine's clock is wrong",
    "delivery": "notices cannot be delivered",
}
CHANGES = frozenset({"robots", "terms"})  # these are no states but events: a second one is news while the first is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that is wrong, of *outlet*, or of this machine and the whole archive (None); *certainty* is 0 to 1."""

    kind: str
    outlet: str | None
    since: datetime
    certainty: float
    evidence: str
    advice: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no kind of alert: {self.kind}")

    def __str__(self) -> str:
        whose = f"{self.outlet}: " if self.outlet else ""
        return f"{whose}{self.evidence}, since {self.since:%Y-%m-%d %H:%M} UTC: {self.advice}"


def alert_of(complaint: Complaint, outlet: str) -> Alert:
    """Return what a run of *outlet* complained of as an alert; complaints are beyond a chance of 1 in 1,000."""
    return Alert(
        kind=complaint.kind,
        outlet=outlet,
        since=complaint.since,
        certainty=0.999,
        evidence=complaint.what,
        advice=complaint.advice,
    )


def certainty_in_words(certainty: float) -> str:
    """Return how sure that is, never more than can be known.

    >>> certainty_in_words(0.9962), certainty_in_words(1.0), certainty_in_words(0.99999)
    ('99.6 % sure', 'certain', 'more than 99.9 % sure')
    """
    if certainty >= 1:
        return "certain"
    return "more than 99.9 % sure" if certainty > 0.999 else f"{certainty:.1%} sure".replace("%", " %")
