"""What was known of an article when its page was asked for, kept beside the capture and read back."""

import json
from datetime import UTC, datetime

import pytest

from archive.asked import Asked, asked_from_json, asked_to_json, page_of
from archive.frontier import Due
from kickcrawl.article import Claim, Moment, PageSource, SiteRules
from kickcrawl.page.further_pages import ArticlePages

URL = "https://warta.example/panen-padi"
CLAIMS = (
    Claim(field="title", source="feed", value="Panen padi"),
    Claim(field="authors", source="feed", value=("Rini", "Budi")),
    Claim(field="published_at", source="feed", value=Moment(datetime(2025, 1, 2, 3, tzinfo=UTC), 480)),
)
SITE = SiteRules(slug="warta", name="Warta", language="id", timezone="Asia/Makassar")


def test_what_was_asked_is_read_back_as_it_was() -> None:
    due = Due(URL, CLAIMS, "17", "Panen padi", is_known=True)
    told = json.loads(json.dumps(asked_to_json(due)))
    assert asked_from_json(told) == Asked(url=URL, native_id="17", title="Panen padi", claims=CLAIMS)


@pytest.mark.parametrize("told", [{}, {"part_of": URL}, {"story": URL}], ids=["nothing", "further page", "half"])
def test_request_of_another_kind_asks_for_no_article(told: dict[str, object]) -> None:
    assert asked_from_json(told) is None


def test_page_holds_what_was_known_of_it() -> None:
    source = PageSource(url=f"{URL}/", body=b"<p>Panen</p>")
    page = page_of(Asked(url=URL, native_id="17", title="Panen padi", claims=CLAIMS), ArticlePages((source,)), SITE)
    assert (page.requested_url, page.sources, page.site) == (URL, (source,), SITE)
    assert (page.native_id, page.title, page.claims) == ("17", "Panen padi", CLAIMS)
    assert not page.is_requested
