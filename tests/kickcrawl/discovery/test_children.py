"""Sitemaps of an index: none is left out for its name alone."""

from datetime import UTC, datetime, timedelta

import pytest

from kickcrawl.discovery.children import READ_AGAIN, ChildMemory, is_worth_reading

NOW = datetime(2025, 7, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "days", "articles", "expected"),
    [
        pytest.param("page-sitemap.xml", None, 0, True, id="never read"),
        pytest.param("page-sitemap.xml", 1, 0, False, id="read yesterday, no article"),
        pytest.param("page-sitemap.xml", READ_AGAIN.days, 0, True, id="read a month ago"),
        pytest.param("page-sitemap.xml", 1, 3, True, id="it has articles whatever its name"),
        pytest.param("post-sitemap.xml", 1, 0, True, id="its name promises articles"),
        pytest.param("sitemap-archive.xml", 1, 0, True, id="its name does not say"),
    ],
)
def test_sitemap_is_read_once_and_again_if_it_may_list_articles(
    name: str, days: int | None, articles: int, expected: bool
) -> None:
    url = f"https://warta.example/{name}"
    memory = {} if days is None else {url: ChildMemory(read_at=NOW - timedelta(days=days), articles=articles)}
    assert is_worth_reading(url, memory, NOW) is expected
