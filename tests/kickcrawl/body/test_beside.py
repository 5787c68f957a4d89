"""Paragraphs beside the container: the article's where they are built as its own, notices wherever they stand."""

import lxml.html
import pytest

from kickcrawl.body.beside import find_beside
from kickcrawl.page.blocks import fold

OWN = [
    "Petani garam di pesisir selatan mulai memanen tambak setelah kemarau datang lebih cepat daripada tahun lalu.",
    "Harga di tingkat petani naik menjadi seribu dua ratus rupiah sekilogram, menurut catatan koperasi setempat.",
]
LAST = "Panen diperkirakan berakhir sebelum hujan pertama turun."


def beside(before: str = "", behind: str = "") -> tuple[list[str], list[str]]:
    page = lxml.html.document_fromstring(
        f"<article><h1>Garam dipanen lebih awal</h1>{before}"
        f"<div id='isi'><p>{OWN[0]}</p><p>{OWN[1]}</p></div>{behind}</article>"
    )
    scope = page.find("body/article")
    found = find_beside(scope, scope.find("h1"), scope.get_element_by_id("isi"), "\n\n".join(OWN))
    return [fold(node.text_content()) for node in found.before], [fold(node.text_content()) for node in found.behind]


LEAD = "Kemarau yang datang lebih cepat membuat petani garam di pesisir selatan memanen tambak sejak awal bulan ini."


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        pytest.param("", f"<p>{LAST}</p>", ([], [LAST]), id="behind a stray end tag"),
        pytest.param(f"<p>{LAST}</p>", "", ([LAST], []), id="the first paragraph before the body"),
        pytest.param(f"<h2>{LEAD}</h2>", "", ([LEAD], []), id="a standfirst as a heading"),
        pytest.param(f"<h2>{LEAD[:-1]}</h2>", "", ([LEAD[:-1]], []), id="a standfirst without its full stop"),
        pytest.param("", "<footer>Ralat: semula tertulis dua ribu rupiah.</footer>",
                     ([], ["Ralat: semula tertulis dua ribu rupiah."]), id="a notice in a footer"),
        pytest.param("", "<div><p>Bagikan</p><em><b>Ralat</b>: semula tertulis dua ribu rupiah.</em></div>",
                     ([], ["Ralat: semula tertulis dua ribu rupiah."]), id="a notice in a mark, once"),
        pytest.param("", "<div class='k'><h4>Koreksi</h4><p>Semula tertulis dua ribu rupiah.</p></div>",
                     ([], ["KoreksiSemula tertulis dua ribu rupiah."]), id="a notice below its label"),
        pytest.param("", "<div class='k'><h4>Koreksi</h4><p>Semua <a href='/ralat'>koreksi kami.</a></p></div>",
                     ([], []), id="a box that leads elsewhere"),
        pytest.param("<div><p>Ralat: semula tertulis dua ribu rupiah.</p></div>", "",
                     (["Ralat: semula tertulis dua ribu rupiah."], []), id="a notice above"),
        pytest.param("", "<div><a href='/x'>Lain</a></div><div>Koreksi: semula tertulis dua ribu rupiah.</div>",
                     ([], ["Koreksi: semula tertulis dua ribu rupiah."]), id="a notice far below"),
    ],
)  # fmt: skip
def test_paragraph_that_is_built_as_those_of_the_body_is_the_articles(
    before: str, behind: str, expected: tuple[list[str], list[str]]
) -> None:
    assert beside(before, behind) == expected


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        pytest.param(f"<p class='keterangan'>{LAST}</p>", "", id="another class before"),
        pytest.param("", f"<p class='hak-cipta'>{LAST}</p>", id="another class behind"),
        pytest.param("", f"<div>Lain</div><p>{LAST}</p>", id="something between"),
        pytest.param("", f"<p><a href='/x'>{LAST}</a></p>", id="a link"),
        pytest.param("<p>Senin, 14 Juli 2025 | 09:30 WITA</p>", "", id="no sentence"),
        pytest.param(f"<p>{OWN[0]}</p>", "", id="what the body says, too"),
        pytest.param("<h2>Panen Raya Dimulai.</h2>", "", id="a short heading"),
    ],
)
def test_anything_else_beside_the_body_is_left_where_it_is(before: str, behind: str) -> None:
    assert beside(before, behind) == ([], [])
