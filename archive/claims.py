"""Claims as the archive keeps them: in ``articles.disagreements``, ``frontier.claims`` and the WARC files' requests.

claim_to_json(claim) -> {"field", "source", "value"}      a moment as {"at", "offset"}, names as a list
claims_from_json([...]) -> the claims again
merged(new, stored) -> both as JSON; says_otherwise(new, stored), is_reworded(new, stored): whether a word has changed
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kickcrawl.article import Claim, Moment
from kickcrawl.dates import to_iso

_TOLD_WITHOUT_A_TIME = ("title", "authors", "sections", "tags")  # whose change may leave the modified time as it is


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


def merged(new: Iterable[Claim], stored: str) -> str:
    """Return, as JSON, the claims *new* and those *stored* (JSON) that they do not renew: same field, same seed."""
    told = [claim_to_json(claim) for claim in new]
    if not told or json.dumps(told, ensure_ascii=False) == stored:
        return stored
    renewed = {(claim["field"], claim["source"]) for claim in told}
    kept = [claim for claim in json.loads(stored) if (claim["field"], claim["source"]) not in renewed]
    return json.dumps(kept + told, ensure_ascii=False)


def says_otherwise(new: Iterable[Claim], stored: str) -> bool:
    """Tell whether a source of *new* said something else of a field before, when the claims *stored* (JSON) were made.

    Times do not count: they are compared by themselves.
    """
    return _differ([claim for claim in new if claim.field in _TOLD_WITHOUT_A_TIME], stored)


def is_reworded(new: Iterable[Claim], stored: str) -> bool:
    """Tell whether a seed gives another text of the article in *new* than in the claims *stored* (JSON)."""
    return _differ([claim for claim in new if claim.field == "wording"], stored)


def _differ(told: Sequence[Claim], stored: str) -> bool:
    if not told:
        return False
    before = {(claim.field, claim.source): claim.value for claim in claims_from_json(json.loads(stored))}
    return any(claim.value != before.get((claim.field, claim.source), claim.value) for claim in told)


def _value_from_json(value: Any) -> str | tuple[str, ...] | Moment:
    if isinstance(value, dict):
        return Moment(datetime.fromisoformat(value["at"]), value["offset"])
    return tuple(value) if isinstance(value, list) else str(value)
