"""Datelines, initials and names, as journalists write them."""

import pytest

from kickcrawl.claims.byline import read_dateline, read_initials, split_authors

NAMES = ("warta.example", "Warta Uji")


@pytest.mark.parametrize(
    ("paragraphs", "initials"),
    [
        pytest.param(["Warga menanti hujan. (gii)"], "(gii)", id="at the end"),
        pytest.param(["Warga menanti hujan.", "(tl-02)"], "(tl-02)", id="a paragraph of their own, numbered"),
        pytest.param(["Warga menanti hujan. (iws/gsp)"], "(iws/gsp)", id="two people"),
        pytest.param(["Warga menanti hujan. ( red )"], "(red)", id="spaces inside"),
        pytest.param(["Warga menanti hujan (KHN)."], "(KHN)", id="capitals and a full stop"),
        pytest.param(["Warga menanti hujan. (gii)", "***"], "(gii)", id="before a closing line"),
        pytest.param(["Warga menanti hujan. (gii) ***"], "(gii)", id="before stars"),
        pytest.param(["Awal (abc)", "Tengah.", "Akhir."], None, id="three paragraphs before the end"),
        pytest.param(["Rapat pada Senin (14/07/2025)"], None, id="a date"),
        pytest.param(["Warga menanti hujan (kemarau)"], None, id="a word"),
        pytest.param(["Dinas (gii) menanti hujan"], None, id="in the middle"),
        pytest.param([], None, id="no text"),
    ],
)
def test_initials_stand_in_brackets_at_the_end(paragraphs: list[str], initials: str | None) -> None:
    assert read_initials(paragraphs) == initials


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        pytest.param("warta.example – Warga menanti", "warta.example –", id="outlet"),
        pytest.param("warta.example - Warga menanti", "warta.example -", id="hyphen"),
        pytest.param("WARTA.EXAMPLE — Warga menanti", "WARTA.EXAMPLE —", id="capitals, long dash"),
        pytest.param("Warta Uji | Warga menanti", "Warta Uji |", id="the other name"),
        pytest.param("warta.example – Mataram, Warga menanti", "warta.example – Mataram,", id="place behind"),
        pytest.param("SELONG, warta.example – Warga menanti", "SELONG, warta.example –", id="place before"),
        pytest.param("Lombok Utara, warta.example – Warga", "Lombok Utara, warta.example –", id="place of two words"),
        pytest.param("Praya (warta.example) – Warga menanti", "Praya (warta.example) –", id="outlet in brackets"),
        pytest.param("warta.example, Praya – Warga menanti", "warta.example, Praya –", id="outlet, place"),
        pytest.param("Warga menanti warta.example – besok", None, id="not at the head"),
        pytest.param("Mataram – Warga menanti", None, id="no outlet"),
        pytest.param("warta.example menulis begini", None, id="no dash"),
        pytest.param("", None, id="empty"),
    ],
)
def test_dateline_is_read_up_to_its_dash_or_comma(text: str, dateline: str | None) -> None:
    assert read_dateline(text, NAMES) == dateline


def test_only_known_places_stand_behind_the_outlet_where_they_are_given() -> None:
    text = "warta.example – Warga Narmada, Senin pagi, bergotong royong"
    assert read_dateline(text, NAMES) == "warta.example – Warga Narmada,"
    assert read_dateline(text, NAMES, ["Mataram"]) == "warta.example –"
    assert read_dateline("warta.example – MATARAM, Warga", NAMES, ["Mataram"]) == "warta.example – MATARAM,"


def test_outlet_without_a_name_for_it_has_no_dateline() -> None:
    assert read_dateline("– Warga menanti", []) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Siti Rahma", ("Siti Rahma",), id="a name"),
        pytest.param("Oleh: Siti Rahma", ("Siti Rahma",), id="label"),
        pytest.param("Penulis : Siti Rahma dan Lalu Anom", ("Siti Rahma", "Lalu Anom"), id="two"),
        pytest.param("By Siti Rahma, Lalu Anom & Baiq Dewi", ("Siti Rahma", "Lalu Anom", "Baiq Dewi"), id="three"),
        pytest.param("Reporter Siti Rahma; Lalu Anom", ("Siti Rahma", "Lalu Anom"), id="semicolon"),
        pytest.param("Bydan Olehuddin", ("Bydan Olehuddin",), id="labels inside names"),
        pytest.param("https://fb.example/siti", (), id="a profile's address"),
        pytest.param("@siti", (), id="a handle"),
        pytest.param("  ", (), id="empty"),
        pytest.param(
            "Dr. Lalu Anom, S.H., M.H.",
            ("Dr. Lalu Anom, S.H., M.H.",),
            id="degrees",
        ),
        pytest.param("Siti Rahma, SH, MH", ("Siti Rahma, SH, MH",), id="degrees without dots"),
        pytest.param("Siti Rahma, AFP", ("Siti Rahma", "AFP"), id="an agency is no degree"),
        pytest.param("Siti Rahma und Lalu Anom", ("Siti Rahma", "Lalu Anom"), id="German"),
        pytest.param("Ortega et Gasset", ("Ortega et Gasset",), id="no two full names"),
        pytest.param("Von Miller", ("Von Miller",), id="a name that begins as a German byline"),
        pytest.param("Author: Siti Rahma", ("Siti Rahma",), id="English label"),
        pytest.param('"Siti Rahma"', ("Siti Rahma",), id="quoted"),
        pytest.param("신현주 기자", ("신현주",), id="Korean, with its title"),
        pytest.param("Wartawan: Siti Rahma", ("Siti Rahma",), id="a role before a colon"),
        pytest.param("Editor: Lalu Anom", (), id="an editor"),
        pytest.param("Siti Rahma, SPdI, SThI", ("Siti Rahma, SPdI, SThI",), id="degrees of three capitals"),
        pytest.param("Texto: Juana Prueba y Pedro Ensayo", ("Juana Prueba", "Pedro Ensayo"), id="Spanish, two"),
        pytest.param("Foto: Lalu Anom", (), id="a photographer"),
        pytest.param("Editor", (), id="an editor without a name"),
        pytest.param("Penulis: Siti Rahma, Editor: Lalu Anom", ("Siti Rahma",), id="an editor behind the author"),
        pytest.param(
            "Badan Meteorologi, Klimatologi, dan Geofisika",
            ("Badan Meteorologi, Klimatologi, dan Geofisika",),
            id="a list in an office's name",
        ),
        pytest.param("Siti Rahma, MS, RD, FAND", ("Siti Rahma, MS, RD, FAND",), id="a degree behind others"),
        pytest.param("Siti Rahma, SH, ANTARA", ("Siti Rahma, SH", "ANTARA"), id="an agency behind a degree"),
        pytest.param("Siti Rahma (ANTARA)", ("Siti Rahma",), id="an agency in brackets"),
        pytest.param("Fotomoto Editorini", ("Fotomoto Editorini",), id="roles inside names"),
        pytest.param("Oleh Siti Rahma, Dosen Universitas Uji", ("Siti Rahma",), id="a profession behind"),
        pytest.param("Siti Rahma, Lalu Anom", ("Siti Rahma", "Lalu Anom"), id="another name behind"),
        pytest.param("Reporter: Siti Rahma/Lalu Anom", ("Siti Rahma", "Lalu Anom"), id="a slash between full names"),
        pytest.param("Partai 90/Warga Hijau Raya", ("Partai 90/Warga Hijau Raya",), id="a slash behind a figure"),
        pytest.param("Siti Rahma/abc", ("Siti Rahma/abc",), id="no name behind the slash"),
        pytest.param("Siti Rahma (Inaq Rahma)", ("Siti Rahma (Inaq Rahma)",), id="another name in brackets"),
        pytest.param("Penulis: Siti Rahma*", ("Siti Rahma",), id="a star"),
    ],
)
def test_names_are_read_without_labels(text: str, names: tuple[str, ...]) -> None:
    assert split_authors(text) == names
