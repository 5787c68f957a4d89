"""Claims in the archive: written and read back they are the same."""

import json
from datetime import UTC, datetime

import pytest

from archive.claims import claim_to_json, claims_from_json
from kickcrawl.article import Claim, Moment


@pytest.mark.parametrize(
    "claim",
    [
        Claim(field="title", value="Panen bawang di Sembalun", source="feed"),
        Claim(field="authors", value=("Rina", "Dewi"), source="rest"),
        Claim(field="tags", value=(), source="meta"),
        Claim(field="published_at", value=Moment(datetime(2025, 7, 14, 1, tzinfo=UTC), 480), source="json-ld"),
        Claim(field="modified_at", value=Moment(datetime(2025, 7, 14, 1, tzinfo=UTC), None), source="sitemap"),
    ],
    ids=["text", "names", "no names", "time with its offset", "time without one"],
)
def test_claim_comes_back_from_json_as_it_was(claim: Claim) -> None:
    assert claims_from_json(json.loads(json.dumps([claim_to_json(claim)]))) == (claim,)
