"""A citation says who wrote what where and when, and holds the revision's name and digest, in every style."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from archive.chain import REVISION, revision_digest
from archive.cite.authors import author_of, is_organization
from archive.cite.bibtex import escaped
from archive.cite.cite import STYLES, Style, citation
from archive.database import Archive
from archive.takedown.takedown import take_down
from kickcrawl.errors import ArchiveError, UsageError
from tests.support.storing import NOW, id_of, shelf_in, url_of

ID = id_of("cabai")
BASE = "https://arsip.example/berita"
LATE = datetime(2025, 6, 30, 16, 30, tzinfo=UTC)  # in Lombok it is July already
HARD_TITLE = 'Untung 5 % & rugi #1: "$_{x}^~\\" <b>| 100*\n{ tanpa\u2028akhir'


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with shelf_in(tmp_path) as shelf:
        authors = ("Siti Rahma", "Dinas Pertanian")
        shelf.put("cabai", "Harga cabai naik.", title="Harga cabai naik", authors=authors, published_at=LATE)
        shelf.put("cabai", "Harga cabai turun.", title="Harga cabai turun", authors=authors, published_at=LATE)
        shelf.put("sulit", "Isi.", title=HARD_TITLE, authors=("A and B, S.E.", "Ahmad bin Ali", "Suharto"))
        shelf.put("kosong", "Isi.", title="Apa kabar?")
        yield shelf.archive


def digest_of(archive: Archive, number: int) -> str:
    row = archive.row(f"{REVISION} WHERE article_id = :id AND number = :number", {"id": ID, "number": number})
    assert row is not None
    return revision_digest(row)


def test_a_sentence_has_all_that_finds_the_revision_again(archive: Archive) -> None:
    assert citation(archive, f"{ID}@1", "text", f"{BASE}/") == (
        "Siti Rahma, Dinas Pertanian. “Harga cabai naik.” Warta, 1 July 2025. https://warta.example/cabai. "
        f"Archived 14 July 2025 as {ID}@1, {BASE}/article/{ID}@1, {digest_of(archive, 1)}."
    )


def test_an_article_is_cited_in_its_latest_revision(archive: Archive) -> None:
    for name in (ID, ID[:5], url_of("cabai"), f"{ID}@2", f"{url_of('cabai')}@2"):
        told = citation(archive, name)
        assert "“Harga cabai turun.”" in told
        assert f"as {ID}@2, {digest_of(archive, 2)}." in told


def test_what_is_not_known_is_left_out(archive: Archive) -> None:
    assert citation(archive, id_of("kosong")).startswith("“Apa kabar?” Warta, no date. https://")
    entry = citation(archive, id_of("kosong"), "bibtex")
    assert entry.startswith("@misc{")  # BibTeX's own styles refuse an @article without author and year
    assert not {"author", "journal", "year"} & {line.split()[0] for line in entry.splitlines()}
    item = json.loads(citation(archive, id_of("kosong"), "csl"))[0]
    assert "author" not in item
    assert "issued" not in item
    assert not {"AU", "PY", "DA"} & {line[:2] for line in citation(archive, id_of("kosong"), "ris").splitlines()}


@pytest.mark.parametrize("style", get_args(Style))
def test_every_style_holds_name_digest_and_address(archive: Archive, style: Style) -> None:
    told = citation(archive, f"{ID}@1", style, BASE)
    for part in (f"{ID}@1", digest_of(archive, 1), f"{BASE}/article/{ID}@1", url_of("cabai")):
        assert part in told
    assert "/article/" not in citation(archive, ID, style)
    assert STYLES.keys() == {*get_args(Style)}


def test_bibtex_keeps_capitals_and_parts_names(archive: Archive) -> None:
    lines = citation(archive, f"{ID}@1", "bibtex").splitlines()
    assert lines[0] == f"@article{{warta-{ID}-1,"
    assert "  author = {Rahma, Siti and {Dinas Pertanian}}," in lines
    assert "  title = {{Harga cabai naik}}," in lines
    assert {"  year = {2025},", "  month = jul,", "  date = {2025-07-01},", "  urldate = {2025-07-14},"} <= {*lines}


def test_bibtex_survives_any_text(archive: Archive) -> None:
    told = citation(archive, id_of("sulit"), "bibtex")
    depths = [told[:end].count("{") - told[:end].count("}") for end in range(len(told) + 1)]
    assert min(depths) == 0
    assert depths[-1] == 0
    assert told.count("\n") == len(told.splitlines())
    assert "  author = {B, S.E., {A and} and bin Ali, Ahmad and Suharto}," in told
    title = next(line for line in told.splitlines() if line.startswith("  title"))
    assert not re.search(r"(?<!\\)[%&#$_]", title)
    assert "~" not in title
    assert "^" not in title


def test_bibtex_escapes_what_latex_would_obey() -> None:
    assert escaped("5 % & 6_7 #8 $9") == r"5 \% \& 6\_7 \#8 \$9"
    assert escaped("{~^\\}") == (
        r"\textbraceleft{}\textasciitilde{}\textasciicircum{}\textbackslash{}\textbraceright{}"
    )


def test_csl_is_a_list_of_one_newspaper_article(archive: Archive) -> None:
    (item,) = json.loads(citation(archive, f"{ID}@1", "csl"))
    assert item["type"] == "article-newspaper"
    assert item["id"] == f"warta-{ID}-1"
    assert item["author"] == [{"family": "Rahma", "given": "Siti"}, {"literal": "Dinas Pertanian"}]
    assert item["issued"] == {"date-parts": [[2025, 7, 1]]}
    assert item["accessed"] == {"date-parts": [[2025, 7, 14]]}


def test_ris_has_its_lines_as_readers_want_them(archive: Archive) -> None:
    told = citation(archive, id_of("sulit"), "ris")
    lines = told.split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    assert "\n" not in told.replace("\r\n", "")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    authors = [line[6:] for line in lines if line.startswith("AU")]
    assert authors[1:] == ["bin Ali, Ahmad", "Suharto"]
    assert "AU  - Dinas Pertanian," in citation(archive, ID, "ris").split("\r\n")


@pytest.mark.parametrize(
    ("name", "family", "given", "suffix"),
    [
        ("Siti Rahma", "Rahma", "Siti", None),
        ("Lalu Gede Anom", "Anom", "Lalu Gede", None),
        ("Suharto", "Suharto", None, None),
        ("Ahmad bin Ali", "bin Ali", "Ahmad", None),
        ("Siti Rahma, S.E., M.M.", "Rahma", "Siti", "S.E., M.M."),
        ("bin Ali", "Ali", "bin", None),
    ],
)
def test_a_person_is_sorted_by_the_last_word(name: str, family: str, given: str | None, suffix: str | None) -> None:
    author = author_of(name)
    assert author.is_person
    assert (author.family, author.given, author.suffix) == (family, given, suffix)


@pytest.mark.parametrize(
    "name", ["Tim Liputan", "Redaksi", "redaksi Warta", "Polres Dompu", "BMKG", "LKBN ANTARA", "Warta", "PT Gema Media"]
)
def test_an_organisation_is_no_person(name: str) -> None:
    assert is_organization(name, ("warta", "Warta"))


@pytest.mark.parametrize("name", ["Timur Sinar", "Suharto", "Wartawati Lestari", "Badani Putra", "SITI RAHMADANI"])
def test_a_person_is_no_organisation(name: str) -> None:
    assert not is_organization(name, ("warta", "Warta"))


def test_what_was_taken_down_cannot_be_cited(archive: Archive) -> None:
    take_down(archive, ID, "court order 12/2026", NOW, lambda _: None)
    for name in (ID, f"{ID}@1", url_of("cabai")):
        with pytest.raises(ArchiveError, match="was taken down on 2025-07-14: court order 12/2026; what is gone"):
            citation(archive, name)


def test_what_is_not_there_cannot_be_cited(archive: Archive) -> None:
    with pytest.raises(UsageError, match="there is no revision 9"):
        citation(archive, f"{ID}@9")
    with pytest.raises(UsageError, match="holds no article"):
        citation(archive, "ffffffffffff")
