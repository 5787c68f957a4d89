"""A publish time for machines beside the hour that readers see."""

import lxml.html
import pytest

from kickcrawl.article import Moment, SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.page.parsed import page_of_tree

URL = "https://warta.example/berita/panen-raya"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>"


def chosen(stated: str, line: str, modified: str = "") -> tuple[str, str | None, str | None]:
    """Return where the publish time of the page was read, it, and the time of change."""
    head = f'<meta property="article:published_time" content="{stated}">'
    head += f'<meta property="article:modified_time" content="{modified}">'
    html = f"<html><head>{head}</head><body><h1>Panen Raya</h1><div>{line}</div>{TEXT}</body></html>"
    claims = read_claims(page_of_tree(lxml.html.document_fromstring(html), URL, SITE))
    published, changed = choose(claims, "published_at"), choose(claims, "modified_at")
    assert published is not None
    return published.source, written(published.value), written(changed.value) if changed else None


def written(moment: object) -> str:
    assert isinstance(moment, Moment)
    return f"{moment.at:%Y-%m-%dT%H:%M} {moment.offset}"


@pytest.mark.parametrize(
    ("stated", "line", "expected"),
    [
        pytest.param("2025-07-14T22:30:00Z", "14 Juli 2025 22:30 WITA", "2025-07-14T14:30 480", id="false Z"),
        pytest.param("2025-07-14T22:30:00+00:00", "14/7/2025, 22.30 WIB", "2025-07-14T15:30 420", id="false zero"),
        pytest.param("2025-07-14T22:30:09Z", "14 Juli 2025 | 22:30", "2025-07-14T14:30 480", id="the outlet's zone"),
        pytest.param("2025-07-14T00:00:00+08:00", "14 Juli 2025 22:30", "2025-07-14T14:30 480", id="midnight"),
        pytest.param("2025-07-14", "Senin, 14 Juli 2025 09:30", "2025-07-14T01:30 480", id="a day"),
    ],
)
def test_hour_that_readers_see_corrects_what_machines_are_told(stated: str, line: str, expected: str) -> None:
    assert chosen(stated, line)[:2] == ("visible", expected)


@pytest.mark.parametrize(
    ("stated", "line", "expected"),
    [
        pytest.param("2025-07-14T14:30:00Z", "14 Juli 2025 22:30 WITA", "2025-07-14T14:30 0", id="true Z"),
        pytest.param("2025-07-14T22:30:00Z", "Diperbarui 14 Juli 2025 22:30", "2025-07-14T22:30 0", id="a change"),
        pytest.param("2025-07-14T22:30:00Z", "15 Juli 2025 22:30", "2025-07-14T22:30 0", id="another day"),
        pytest.param("2025-07-14T00:00:00+08:00", "15 Juli 2025 22:30", "2025-07-13T16:00 480", id="another day still"),
        pytest.param("2025-07-14T22:30:00+07:00", "14 Juli 2025 22:30 WITA", "2025-07-14T15:30 420", id="an offset"),
    ],
)
def test_time_for_machines_stays_where_readers_see_nothing_better(stated: str, line: str, expected: str) -> None:
    assert chosen(stated, line)[:2] == ("meta", expected)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("14 Juli 2025 22:30 WITA", "2025-07-14T14:30 480"), ("14 Juli 2025 22:30", "2025-07-14T22:30 0")],
    ids=["a zone", "no zone"],
)
def test_zone_that_readers_see_in_an_element_corrects_its_attribute(shown: str, expected: str) -> None:
    html = f'<html><body><h1>Panen Raya</h1><time datetime="2025-07-14T22:30:00Z">{shown}</time>{TEXT}</body></html>'
    published = choose(read_claims(page_of_tree(lxml.html.document_fromstring(html), URL, SITE)), "published_at")
    assert published is not None
    assert written(published.value) == expected


def test_time_of_change_with_the_same_false_zone_moves_along() -> None:
    line, change = "14 Juli 2025 22:30 WITA", "2025-07-14T23:10:00Z"
    assert chosen("2025-07-14T22:30:00Z", line, change)[2] == "2025-07-14T15:10 480"
    assert chosen("2025-07-14T14:30:00Z", line, change)[2] == "2025-07-14T23:10 0"


def two_times(line: str, modified: str = "2025-07-20T10:00:00Z", first: str = "2025-07-11T09:30:00Z") -> str:
    """Return the publish time of a page whose JSON-LD states the *first* of two, and a meta tag 14 July, 6:15 UTC."""
    node = f'{{"@type":"NewsArticle","headline":"Panen Raya","datePublished":"{first}","dateModified":"{modified}"}}'
    head = f'<script type="application/ld+json">{node}</script>'
    head += '<meta property="article:published_time" content="2025-07-14T06:15:00Z">'
    html = f"<html><head>{head}</head><body><h1>Panen Raya</h1><div>{line}</div>{TEXT}</body></html>"
    claim = choose(read_claims(page_of_tree(lxml.html.document_fromstring(html), URL, SITE)), "published_at")
    assert claim is not None
    return written(claim.value)


def test_of_two_publish_times_the_one_that_readers_see_counts() -> None:
    assert two_times("14 Juli 2025") == "2025-07-14T06:15 0"
    assert two_times("11 Juli 2025") == "2025-07-11T09:30 0"
    assert two_times("") == "2025-07-11T09:30 0"


@pytest.mark.parametrize("line", ["Edisi cetak 14 Juli 2025", "Dimuat di edisi koran 14 Juli 2025, halaman 9"])
def test_day_of_the_printed_issue_is_no_witness(line: str) -> None:
    assert two_times(line) == "2025-07-11T09:30 0"


def test_time_of_a_change_is_no_second_publish_time() -> None:
    assert two_times("14 Juli 2025", modified="2025-07-14T14:15:00+08:00") == "2025-07-11T09:30 0"
