"""Claims as the archive keeps them: in ``articles.disagreements``, ``frontier.claims`` and the WARC files' requests.

claim_to_json(claim) -> {"field", "source", "value"}      a moment as {"at", "offset"}, names as a list
claims_from_json([...]) -> the claims again
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kickcrawl.article import Claim, Moment
from kickcrawl.dates import to_iso


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """Return a claim as the archive keeps it; times are ISO 8601 in UTC."""
    value: Any = claim.value
    if isinstance(value, Moment):
        value = {"at": to_iso(value.at), "offset": value.offset}
    return {"field": claim.field, "source": claim.source, "value": value}


def claims_from_json(items: Iterable[dict[str, Any]]) -> tuple[Claim, ...]:
    """Return the claims that claim_to_json() wrote, read back out of JSON."""
    return tuple(
        Claim(field=item["field"], source=item["source"], value=_value_from_json(item["value"])) for item in items
    )


def _value_from_json(value: Any) -> str | tuple[str, ...] | Moment:
    if isinstance(value, dict):
        return Moment(datetime.fromisoformat(value["at"]), value["offset"])
    return tuple(value) if isinstance(value, list) else str(value)
