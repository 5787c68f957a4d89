"""Search: other forms of a word are found, exact search is exact, snippets show the text as it was published."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.hits import Hit
from spiders.cli import main
from tests.support.searching import search as find
from tests.support.storing import Shelf, id_of, shelf_in

Mode = Literal["stem", "exact"]
MODES: tuple[Mode, ...] = ("stem", "exact")
TEXTS = {
    "curanmor": "Polisi menangkap dua pelaku pencurian sepeda motor di Praya.\n\nKeduanya dibawa ke kantor polisi.",
    "nelayan": "Nelayan Tanjung Luar tertangkap kamera sedang melepas penyu.\n\nPenyu itu tersangkut jaring.",
    "sidang": "Penangkapan kepala desa dinilai sah oleh hakim.\n\nKuasa hukum menyatakan banding.",
    "tangkap": "Hasil tangkap ikan di Lombok Timur naik.\n\nHarga ikan tetap.",
    "pasar": "Harga cabai di Pasar Mandalika turun.\n\nPedagang mengirim cabai ke Bali.",
}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        for slug, text in TEXTS.items():
            shelf.put(slug, text, title=f"Kabar {slug}")
        yield shelf


def search(
    archive: Archive,
    words: str,
    *,
    outlet: str | None = None,
    mode: Mode = "stem",
    newest_first: bool = False,
    **given: Any,
) -> list[Hit]:
    choice = Choice(words=words, outlet=outlet, exact=mode == "exact")
    return find(archive, choice, order="newest" if newest_first else "relevance", **given)


def found(shelf: Shelf, query: str, mode: Mode = "stem") -> set[str]:
    return {hit.url.rsplit("/", 1)[1] for hit in search(shelf.archive, query, mode=mode)}


@pytest.mark.parametrize("query", ["menangkap", "DITANGKAP", "penangkapan", "tertangkap", "tangkap", "tangkapan"])
def test_every_form_finds_all_forms(shelf: Shelf, query: str) -> None:
    assert found(shelf, query) == {"curanmor", "nelayan", "sidang", "tangkap"}


@pytest.mark.parametrize(
    ("query", "slugs"),
    [("menangkap", {"curanmor"}), ("tangkap", {"tangkap"}), ("ditangkap", set()), ("Penangkapan", {"sidang"})],
)
def test_exact_search_is_exact(shelf: Shelf, query: str, slugs: set[str]) -> None:
    assert found(shelf, query, "exact") == slugs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        pytest.param("ditangkap polisi", {"curanmor"}, id="all words"),
        pytest.param('"kepala desa"', {"sidang"}, id="a phrase"),
        pytest.param('"desa kepala"', set(), id="a phrase in another order"),
        pytest.param('ditangkap "kepala desa"', {"sidang"}, id="a form and a phrase"),
        pytest.param('"ditangkap"', set(), id="one word in quotation marks is meant as it is"),
        pytest.param("kiriman bali", {"pasar"}, id="swallowed k"),
        pytest.param("kabar-pasar", {"pasar"}, id="joined by a hyphen"),
        pytest.param("lombok TIMUR", {"tangkap"}, id="capitals"),
        pytest.param("...", set(), id="no word"),
        pytest.param("cabai\udcff", {"pasar"}, id="a byte that is no UTF-8"),
        pytest.param('"', set(), id="one quotation mark"),
    ],
)
def test_what_is_asked_for_is_found(shelf: Shelf, query: str, slugs: set[str]) -> None:
    assert found(shelf, query) == slugs


def test_snippets_mark_the_words_of_the_original_text(shelf: Shelf) -> None:
    snippets = {hit.id: hit.snippet for hit in search(shelf.archive, "ditangkap")}
    assert "Polisi [menangkap] dua pelaku" in snippets[id_of("curanmor")]
    assert snippets[id_of("sidang")].startswith("[Penangkapan] kepala desa")
    (hit,) = search(shelf.archive, 'penangkapan "kepala desa"')
    assert "[Penangkapan] [kepala desa]" in hit.snippet


def test_a_hit_in_the_title_counts_more(shelf: Shelf) -> None:
    shelf.put("judul", "Warga berkumpul di lapangan.", title="Ikan ditangkap nelayan")
    shelf.put("isi", "Warga berkumpul. Ikan ditangkap nelayan di lapangan itu.", title="Kabar isi")
    assert [hit.id for hit in search(shelf.archive, "ikan tangkapan nelayan")] == [id_of("judul"), id_of("isi")]


def test_outlet_and_limit_narrow_both_modes(shelf: Shelf) -> None:
    shelf.put("lain", "Polisi menangkap penjual obat.", outlet="kabar")
    for mode in MODES:
        assert [h.outlet for h in search(shelf.archive, "menangkap", outlet="kabar", mode=mode)] == ["kabar"]
        assert len(search(shelf.archive, "polisi", limit=1, mode=mode)) == 1


def test_a_revision_is_found_by_its_new_words_only(shelf: Shelf) -> None:
    shelf.put("curanmor", "Dua tersangka dilepaskan.", title="Kabar curanmor")
    assert "curanmor" not in found(shelf, "ditangkap")
    assert found(shelf, "melepaskan tersangka") == {"curanmor"}


def test_a_deleted_article_is_not_found(shelf: Shelf) -> None:
    archive = shelf.archive
    archive.write("PRAGMA foreign_keys = OFF")
    archive.write("DELETE FROM articles WHERE id = :id", {"id": id_of("curanmor")})
    assert "curanmor" not in found(shelf, "ditangkap")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.one_of(st.text(), st.text('"*^:(){}+-ANDORNET ñ\0\n', max_size=30)))
def test_any_input_is_safe(shelf: Shelf, query: str) -> None:
    for hit in (*search(shelf.archive, query), *search(shelf.archive, query, mode="exact")):
        assert hit.snippet


def test_the_command_line_searches_in_both_modes(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for slug, text in TEXTS.items():
            shelf.put(slug, text)
    options = ["--archive", str(tmp_path / "archive.db"), "--json"]
    run = CliRunner().invoke
    assert len(json.loads(run(main, ["search", "ditangkap", *options]).output)) == 4
    assert json.loads(run(main, ["search", "--exact", "ditangkap", *options]).output) == []
    (hit,) = json.loads(run(main, ["search", "ditangkap", "kepala desa", *options]).output)
    assert hit["id"] == id_of("sidang")


@pytest.mark.parametrize("mode", ["stem", "exact"])
def test_newest_first_cuts_off_the_oldest_not_the_worst(tmp_path: Path, mode: Mode) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("lama", "Gabah gabah gabah gabah.", title="Gabah", published_at=datetime(2024, 1, 1, tzinfo=UTC))
        shelf.put("tanpa-waktu", "Gabah gabah gabah.", title="Gabah")
        for day in range(1, 4):
            text = f"Harga gabah di pasar hari ke-{day} tetap."
            shelf.put(f"baru-{day}", text, title="Pasar", published_at=datetime(2025, 7, day, tzinfo=UTC))
        hits = search(shelf.archive, "gabah", limit=4, mode=mode, newest_first=True)
        assert [hit.id for hit in hits] == [id_of(slug) for slug in ("baru-3", "baru-2", "baru-1", "lama")]
        assert search(shelf.archive, "gabah", limit=1, mode=mode)[0].id in (id_of("lama"), id_of("tanpa-waktu"))


def test_marks_are_those_asked_for_and_brackets_of_the_text_stay(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("harga", "Harga [naik] gabah kering di Praya.")
        for mode in MODES:
            [hit] = search(shelf.archive, "gabah", mode=mode, marks=("<", ">"))
            assert hit.snippet == "Harga [naik] <gabah> kering di Praya."
