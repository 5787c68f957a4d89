"""The words of a notice: which alerts began and which ended, in one message. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.alerts.keep import KeptAlert
from archive.alerts.targets import Mood
from kickcrawl.alerts.alert import KINDS, certainty_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A title, and a body of plain text."""

    title: str
    body: str
    mood: Mood


def message_of(begun: Sequence[KeptAlert], ended: Sequence[KeptAlert]) -> Message:
    """Return the message that tells which alerts have begun and which have ended; one may have done both."""
    lasting = [kept for kept in begun if kept.ended_at is None]
    told = lasting or begun or ended
    first = f"{told[0].alert.outlet or 'this machine'}: {KINDS[told[0].alert.kind]}"
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    parts = [_begin_in_words(kept) for kept in begun] + [_end_in_words(kept) for kept in ended]
    return Message(
        title=f"kickcrawl: {first}{more}" if lasting else f"kickcrawl: over: {first}{more}",
        body="\n\n".join(parts),
        mood="failure" if lasting else "success",
    )


def _begin_in_words(kept: KeptAlert) -> str:
    alert = kept.alert
    return "\n".join(
        [
            f"{alert.outlet or 'this machine'}: {KINDS[alert.kind]}",
            f"  seen: {alert.evidence}",
            f"  since: {alert.since:%Y-%m-%d %H:%M} UTC",
            f"  how sure: {certainty_in_words(alert.certainty)}",
            f"  what to do: {alert.advice} (docs/alerts.md, {alert.kind})",
        ]
    )


def _end_in_words(kept: KeptAlert) -> str:
    assert kept.ended_at is not None, "only what has ended is told to be over"
    lasted = f"from {kept.alert.since:%Y-%m-%d %H:%M} to {kept.ended_at:%Y-%m-%d %H:%M} UTC"
    return f"{kept.alert.outlet or 'this machine'}: over: {KINDS[kept.alert.kind]}\n  {lasted}"
