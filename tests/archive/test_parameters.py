"""Parameters: what an outlet's pages taught about them, from one run to the next."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.parameters import known, learn_from
from kickcrawl.discovery.parameters import MIN_SAME
from tests.support.storing import Shelf

HOST = "https://kabar.example"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        for slug in ("padi", "jagung", "cabai"):
            Shelf(archive).put(slug, f"Berita tentang {slug}.", outlet="kabar")
        yield archive


def find(archive: Archive, path: str, slug: str) -> None:
    """Let the article *slug* be found at the address *path*."""
    archive.write(
        "INSERT INTO article_urls SELECT :url, id, first_seen_at, last_seen_at FROM articles WHERE title = :title",
        {"url": HOST + path, "title": slug.capitalize()},
    )
    learn_from(archive, "kabar", HOST + path)


def test_parameter_whose_values_lead_to_one_article_on_several_pages_is_noise(archive: Archive) -> None:
    for number in range(MIN_SAME):
        assert "xtor" not in known(archive, "kabar").noise
        find(archive, f"/{number}", "padi")
        find(archive, f"/{number}?xtor=RSS-1", "padi")
    assert known(archive, "kabar").noise == {"xtor"}
    assert known(archive, "suara").noise == set()
    find(archive, "/baca?xtor=1", "jagung")
    find(archive, "/baca?xtor=2", "cabai")
    assert known(archive, "kabar").telling == {"xtor"}


def test_what_a_list_tells_articles_apart_by_counts_until_pages_say_otherwise(archive: Archive) -> None:
    find(archive, "/baca?ref=1", "padi")
    assert known(archive, "kabar").telling == {"ref"}
    for number in range(2, 2 + MIN_SAME):
        find(archive, f"/baca?ref={number}", "padi")
    assert (known(archive, "kabar").telling, known(archive, "kabar").noise) == (set(), {"ref"})


def test_address_without_parameters_teaches_nothing(archive: Archive) -> None:
    find(archive, "/baca", "padi")
    assert archive.value("SELECT count(*) FROM parameters") == 0
