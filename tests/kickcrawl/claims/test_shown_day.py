"""A stated publish time beside the days at the headline: whose clock it is, and whether it is too late."""

from datetime import UTC, datetime

import lxml.html
import pytest

from kickcrawl.article import Claim, Moment, SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.page.parsed import page_of_tree

HOST = "https://warta.example"
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>"


def published(stated: str, line: str, path: str = "/berita/panen-raya", zone: str = "UTC") -> str:
    """Return source, time and offset of the page's publish time; a site without a file is in the zone UTC."""
    site = SiteRules(slug="warta", name="Warta Uji", language="id", timezone=zone)
    head = f'<meta property="article:published_time" content="{stated}">'
    html = f"<html><head>{head}</head><body><h1>Panen Raya</h1><div>{line}</div>{TEXT}</body></html>"
    claim = choose(read_claims(page_of_tree(lxml.html.document_fromstring(html), HOST + path, site)), "published_at")
    assert claim is not None
    assert isinstance(claim.value, Moment)
    return f"{claim.source} {claim.value.at:%Y-%m-%dT%H:%M} {claim.value.offset}"


@pytest.mark.parametrize(
    ("stated", "line", "expected"),
    [
        pytest.param("2025-07-14T23:30:00Z", "15 Juli 2025 07:30", "meta 2025-07-14T23:30 480", id="the next day"),
        pytest.param("2025-07-14T02:30:00Z", "14 Juli 2025 09:30", "meta 2025-07-14T02:30 420", id="the same day"),
        pytest.param("2025-07-14T02:30:09Z", "13 Juli 2025 22:30", "meta 2025-07-14T02:30 -240", id="to the west"),
        pytest.param("2025-07-14T02:30:00Z", "14 Juli 2025 08:00", "meta 2025-07-14T02:30 330", id="half an hour"),
        pytest.param("2025-07-14T02:30:00Z", "14 Juli 2025 09:45", "meta 2025-07-14T02:30 0", id="no zone's offset"),
        pytest.param("2025-07-14T17:30:00Z", "15 Juli 2025", "meta 2025-07-14T17:30 420", id="a day alone"),
    ],
)
def test_hour_that_readers_see_tells_the_clock_of_a_site_without_a_file(stated: str, line: str, expected: str) -> None:
    assert published(stated, line) == expected


def test_day_in_the_address_tells_the_clock() -> None:
    assert published("2025-07-14T17:30:00Z", "", "/2025/07/15/panen-raya/") == "meta 2025-07-14T17:30 420"


def test_offset_of_the_seeds_is_the_clock_of_a_site_without_a_file() -> None:
    site = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="UTC")
    root = lxml.html.document_fromstring(f'<h1>Panen</h1><time datetime="2025-07-14 22:30">14 Juli 2025</time>{TEXT}')
    changed = Moment(datetime(2025, 7, 14, 15, tzinfo=UTC), 480)
    known = [Claim(field="modified_at", value=changed, source="feed")]
    claim = choose(read_claims(page_of_tree(root, f"{HOST}/panen", site), known), "published_at")
    assert claim is not None
    assert claim.value == Moment(datetime(2025, 7, 14, 14, 30, tzinfo=UTC), 480)


def test_clock_of_an_outlet_with_a_file_is_known() -> None:
    assert published("2025-07-14T16:30:00Z", "14 Juli 2025 23:30", zone="Asia/Makassar") == "meta 2025-07-14T16:30 0"


def test_time_in_utc_beside_its_day_in_utc_stays() -> None:
    assert published("2025-07-14T20:13:00Z", "14 Juli 2025", zone="Asia/Makassar") == "meta 2025-07-14T20:13 0"
    later = published("2025-07-15T20:13:00Z", "14 Juli 2025", zone="Asia/Makassar")
    assert later == "visible 2025-07-13T16:00 480"


@pytest.mark.parametrize(
    ("stated", "line", "path"),
    [
        pytest.param("2025-07-14T09:00:00+08:00", "2 Mei 2019", "/panen", id="a revision"),
        pytest.param("2019-05-03", "2 Mei 2019", "/panen", id="the day of print"),
        pytest.param("2019-05-03", "2 Mei 2019, diperbarui 4 Mei 2019", "/panen", id="beside an update"),
    ],
)
def test_time_later_than_the_day_that_readers_see_is_no_publication(stated: str, line: str, path: str) -> None:
    assert published(stated, line, path, "Asia/Makassar").startswith("visible 2019-05-01T16:00")


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param("20 Juli 2025", "/panen", id="a later day"),
        pytest.param("Diperbarui 2 Mei 2019", "/panen", id="an update"),
        pytest.param("2 Mei 2019", "/2025/07/14/panen", id="the address agrees"),
        pytest.param("2 Mei 2019 | 14 Juli 2025", "/panen", id="both days"),
        pytest.param("7/14/2025", "/panen", id="month first"),
        pytest.param('<img src="/a.jpg" alt="Padi di Jonggat, 2 Mei 2019"><p>Padi di Jonggat, 2 Mei 2019</p>', "/panen",
                     id="a caption"),
        pytest.param('<img src="/a.jpg" title="Panen di Jonggat, 2 Mei 2019"><p>Panen 2 Mei 2019 di Jonggat, '
                     'dihadiri camat, panitia panen raya, para petani dan warga dari desa di sekitarnya.</p>', "/panen",
                     id="behind a picture"),
        pytest.param("2 Mei 2019 ditetapkan menteri sebagai hari panen raya di seluruh negeri, kata petani di Jonggat "
                     "dan sekitarnya yang ikut dalam upacara.", "/panen", id="a day in a sentence"),
    ],
)  # fmt: skip
def test_stated_time_stays(line: str, path: str) -> None:
    assert published("2025-07-14T09:00:00+08:00", line, path) == "meta 2025-07-14T01:00 480"


def test_time_under_another_name_is_held_against_the_day_that_readers_see() -> None:
    html = f'<meta name="pubdate" content="2025-07-14T09:00:00+08:00"><h1>Panen</h1><p>2 Mei 2019 10:00</p>{TEXT}'
    site = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="UTC")
    claim = choose(
        read_claims(page_of_tree(lxml.html.document_fromstring(html), f"{HOST}/panen", site)), "published_at"
    )
    assert claim is not None
    assert claim.value == Moment(datetime(2019, 5, 2, 2, tzinfo=UTC), 480)


def test_day_called_that_of_publication_goes_before_the_time_in_its_own_element() -> None:
    line = '<time datetime="2025-07-14T09:00:00Z">Terbit 2 Mei 2025</time>'
    assert published("2025-07-14T09:00:00Z", line) == "visible 2025-05-02T00:00 0"
    uncalled = line.replace("Terbit ", "")
    assert published("2025-07-14T09:00:00Z", uncalled) == "meta 2025-07-14T09:00 0"


def test_day_as_of_which_the_article_is_right_is_not_after_the_publication() -> None:
    assert published("2025-07-14T09:00:00+08:00", "Stand: 2.5.2025") == "visible 2025-05-01T16:00 480"


def test_clock_of_twelve_hours_is_no_zone() -> None:
    assert published("2025-07-14T15:48:00Z", "14 Juli 2025 03:48") == "meta 2025-07-14T15:48 0"
