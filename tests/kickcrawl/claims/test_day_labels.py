"""What the words round a day say that it is the day of, wherever on the page they stand."""

import lxml.html
import pytest

from kickcrawl.article import Moment, SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.page.parsed import page_of_tree

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>" * 12
HEADLINE = "Panen Raya di Jonggat"


def published(rest: str, *, before: str = "") -> str | None:
    """Return the day of publication of a page that says it only in *rest*, far behind the headline, or *before* it."""
    article = f"{before}<h1>{HEADLINE}</h1>{TEXT}{rest}"
    html = f"<html><head><title>{HEADLINE}</title></head><body>{article}</body></html>"
    page = page_of_tree(lxml.html.document_fromstring(html), "https://warta.example/panen", SITE)
    claim = choose(read_claims(page), "published_at")
    return f"{claim.value.at:%Y-%m-%d %H:%M}" if claim and isinstance(claim.value, Moment) else None


@pytest.mark.parametrize(
    "rest",
    [
        "<dl><dt>Tanggal terbit</dt><dd>14 Juli 2025 08:00</dd><dt>Rubrik</dt><dd>Tani</dd></dl>",
        '<aside class="sidebar"><ul><li><p>Dipublikasikan:</p><p>14 Juli 2025, 08:00</p></ul></aside>',
        "<table><tr><th>Date published<td>14 July 2025 8:00</table>",
        "<div><span>Veröffentlicht am:</span><h4>14.07.2025 08:00</h4></div>",
    ],
    ids=["list", "box beside the text", "table", "heading"],
)
def test_name_of_a_field_above_a_day_says_what_it_is(rest: str) -> None:
    assert published(rest) == "2025-07-14 00:00"


@pytest.mark.parametrize(
    "rest",
    [
        "<small>Berita ini ditayangkan pada 14 Juli 2025 pukul 08:00 dan disimpan dalam Tani.</small>",
        '<div id="sidebar"><p>This entry was posted on Monday, July 14th, 2025 at 8:00 and is filed under Farms.</div>',
        f"<p><a href='/panen'>{HEADLINE}</a> wurde am 14. Juli 2025 um 8:00 Uhr gepostet und unter Tani abgelegt.</p>",
        "<p>Dieser Beitrag wurde am Montag, 14. Juli 2025 um 8:00 Uhr veröffentlicht und unter Tani abgelegt.</p>",
    ],
    ids=["label before", "in a sidebar", "verb behind, of the headline", "verb behind"],
)
def test_sentence_about_the_article_says_when_it_was_published(rest: str) -> None:
    assert published(rest) == "2025-07-14 00:00"


@pytest.mark.parametrize(
    "rest",
    [
        "<dl><dt>Terakhir diperbarui:</dt><dd>14 Juli 2025</dd></dl>",
        "<p>Artikel ini diperbarui pada 14 Juli 2025 karena ada ralat.</p>",
        "<p>Penelitian tentang padi di Jonggat pada 14 Juli 2025 dipublikasikan di sebuah jurnal.</p>",
        "<dl><dt>Tanggal</dt><dd>14 Juli 2025</dd><dt>Tempat</dt><dd>Praya</dd></dl>",
        "<h3>Dipublikasikan</h3><p>14 Juli 2025 kelompok tani mulai menanam padi di Jonggat.</p>",
    ],
    ids=["a change", "a sentence about a change", "a study", "an event far below", "a sentence below a heading"],
)
def test_day_of_something_else_is_not_that_of_publication(rest: str) -> None:
    assert published(rest) is None


def test_day_above_the_headline_inside_the_article_is_no_newspapers_banner() -> None:
    above = "<header><div>14 | 07 | 2025</div><div>Lombok Tengah</div><div>Tani</div><div>337 kali dibaca</div>"
    assert published("</main>", before=f"<main>{above}") == "2025-07-13 16:00"
    assert published("", before=f"{above}</header>") is None
