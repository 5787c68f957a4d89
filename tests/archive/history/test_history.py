"""An article's past: its revisions, the article as it stood, and the commands that tell of it."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from archive.captures import Capture, store_capture
from archive.database import open_archive
from archive.history.past import as_it_stood, find_state, number_on
from archive.history.revisions import differences, read_absences, read_revisions
from kickcrawl.article import Image, RelatedLink
from kickcrawl.errors import UsageError
from spiders.cli import main
from tests.support.storing import KEPT, Shelf, id_of, shelf_in, url_of

ID = id_of("beras")
EVIL = "<script>alert('beras')</script>"
TEXT = "Mataram – Sebanyak 12 warga antre beras.\n\n“Kami lelah,” kata Lalu Ahmad.\n\nPasokan ditambah."
FIELDS: dict[str, Any] = {
    "language": "id",
    "authors": ("Baiq Sari",),
    "sections": ("Ekonomi",),
    "dateline": "Mataram –",
    "published_offset": 480,
    "origins": {"title": "json-ld", "authors": "rest", "sections": "rest", "tags": "rest"},
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KICKCRAWL_ARCHIVE", raising=False)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Four revisions of a story, a day apart from 14 July 2025, 17:00 in Lombok, and one of another."""
    with shelf_in(tmp_path) as shelf:
        picture = Image(url=url_of("beras.jpg"), caption="Antrean di Kopang")
        related = (RelatedLink(url=url_of("jalan"), title="Jalan rusak"),)
        put(shelf, 14, TEXT, **FIELDS, images=(picture,))
        put(shelf, 15, TEXT.replace("12", "14"), **FIELDS, images=(picture,))
        put(shelf, 16, TEXT.replace("12", "14") + "\n\nRalat: semula tertulis 12 warga.", **FIELDS)
        put(shelf, 17, TEXT.replace("12", "14").replace("–", "-") + "\n\nRalat: semula tertulis 12 warga.",
            **FIELDS | {"dateline": "Mataram -", "related": related})  # fmt: skip
        shelf.put("jalan", f"Warga menambal jalan {EVIL}", title=EVIL)
    return tmp_path / "archive.db"


def put(shelf: Shelf, day: int, text: str, **fields: Any) -> None:
    shelf.put("beras", text, title="Warga antre beras", **fields)
    at = {"id": ID, "at": f"2025-07-{day}T09:00:00+00:00"}
    shelf.archive.write(
        "UPDATE revisions_kept SET recorded_at = :at WHERE article_id = :id "
        "AND number = (SELECT max(number) FROM revisions WHERE article_id = :id)", at,
    )  # fmt: skip
    shelf.archive.write("UPDATE articles SET first_seen_at = min(first_seen_at, :at) WHERE id = :id", at)


def run(*words: str, archive: Path) -> Result:
    return CliRunner().invoke(main, [*words, "--archive", str(archive)])


def said(*words: str, archive: Path) -> str:
    result = run(*words, archive=archive)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("last", [None, 1, 2, 4, 9])
def test_revisions_come_oldest_first_each_with_what_it_changed(archive: Path, last: int | None) -> None:
    with closing(open_archive(archive, read_only=True)) as opened:
        found = read_revisions(opened, ID, last)
    expected = [
        (1, "first archived"),
        (2, "lead, numbers (12 -> 14), silent edit"),
        (3, "captions, correction notice"),
        (4, "formatting only"),
    ]
    assert [(revision.number, revision.describe()) for revision in found] == (expected[-last:] if last else expected)


def test_a_page_that_was_read_anew_is_no_silent_edit(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        opened.write(
            "UPDATE revisions_kept SET cause = 're-extracted' WHERE article_id = :id AND number = 2", {"id": ID}
        )
        second = read_revisions(opened, ID)[1]
    assert second.changes is not None
    assert not second.changes.is_silent
    assert second.describe() == "read anew: lead, numbers (12 -> 14)"
    assert second.describe() in said("diff", ID, "1", "2", archive=archive)


def test_differences_are_told_field_by_field(archive: Path) -> None:
    with closing(open_archive(archive, read_only=True)) as opened:
        first, *_, last = read_revisions(opened, ID)
    found = {one.field: one.pieces for one in differences(first.content, last.content)}
    assert list(found) == ["text", "captions"]
    assert [(piece.kind, piece.text) for piece in found["captions"]] == [("removed", "Antrean di Kopang")]
    assert differences(last.content, last.content) == []


@pytest.mark.parametrize(
    ("day", "number"),
    [(14, 1), (15, 2), (16, 3), (17, 4), (31, 4)],
)
def test_article_as_it_stood_at_the_end_of_a_day(archive: Path, day: int, number: int) -> None:
    with closing(open_archive(archive, read_only=True)) as opened:
        assert find_state(opened, ID, f"2025-07-{day}")["revision"] == number


@pytest.mark.parametrize(("at", "number"), [("2025-07-14T15:59:59", 2), ("2025-07-14T16:00:00", 1)])
def test_a_day_ends_when_it_ends_for_the_outlet(archive: Path, at: str, number: int) -> None:
    with closing(open_archive(archive)) as opened:
        opened.write(
            "UPDATE revisions_kept SET recorded_at = :at WHERE article_id = :id AND number = 2",
            {"id": ID, "at": f"{at}+00:00"},
        )
        assert number_on(opened, find_state(opened, ID), date(2025, 7, 14)) == number


def test_an_earlier_state_is_told_as_far_as_it_is_kept(archive: Path) -> None:
    with closing(open_archive(archive, read_only=True)) as opened:
        today, first, last = (find_state(opened, name) for name in (ID, f"{ID}@1", f"{url_of('beras')}@4"))
    assert first["text"] == TEXT
    assert (first["revision"], first["words"], first["section"]) == (1, len(TEXT.split()), "Ekonomi")
    assert first["recorded_at"] == "2025-07-14T09:00:00+00:00"
    assert first["digest"] != today["digest"]
    assert [image["caption"] for image in first["images"]] == ["Antrean di Kopang"]
    assert first.keys() == today.keys() | {"recorded_at"}
    assert first["related"] is first["origins"] is first["dateline"] is None
    assert last == today | {"recorded_at": "2025-07-17T09:00:00+00:00"}


def test_an_address_with_an_at_sign_is_an_address(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        opened.write(
            "INSERT INTO article_urls VALUES (:url, :id, :at, :at)",
            {"url": f"{url_of('')}@1", "id": ID, "at": "2025-07-14T09:00:00+00:00"},
        )
        assert find_state(opened, f"{url_of('')}@1")["revision"] == 4
        assert find_state(opened, f"{url_of('')}@1@2")["revision"] == 2


def test_absences_are_read_off_the_fetches(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        for day, status in ((18, 404), (19, 410), (20, 200), (21, 200), (22, 404)):
            at = f"2025-07-{day}T09:00:00+00:00"
            fetch = Capture(**KEPT | {"run_id": 1, "url": url_of("beras"), "fetched_at": at, "status": status})
            store_capture(opened, fetch)
        absence = {"gone_at": "2025-07-18T09:00:00+00:00", "back_at": "2025-07-20T09:00:00+00:00"}
        assert read_absences(opened, find_state(opened, ID)) == [absence]
        gone = "2025-07-22T09:00:00+00:00"
        opened.write("UPDATE articles SET gone_at = :at WHERE id = :id", {"at": gone, "id": ID})
        assert read_absences(opened, find_state(opened, ID)) == [absence, {"gone_at": gone, "back_at": None}]
    shown = said("history", ID, archive=archive)
    assert "gone from the site since 2025-07-18 17:00 +0800, back since 2025-07-20 17:00 +0800\n" in shown
    assert shown.endswith("gone from the site since 2025-07-22 17:00 +0800\n")


@pytest.mark.parametrize("name", [ID, ID[:5], url_of("beras")], ids=["id", "first digits", "address"])
def test_history_has_a_line_for_each_revision(archive: Path, name: str) -> None:
    assert said("history", name, archive=archive).splitlines() == [
        "Warga antre beras",
        f"{url_of('beras')}  (id {ID})",
        "   1  2025-07-14 17:00 +0800  first archived",
        "   2  2025-07-15 17:00 +0800  lead, numbers (12 -> 14), silent edit",
        "   3  2025-07-16 17:00 +0800  captions, correction notice",
        "   4  2025-07-17 17:00 +0800  formatting only",
    ]


def test_history_names_the_outlets_own_time_and_earlier_addresses(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        opened.write(
            "UPDATE revisions_kept SET modified_at = '2025-07-15T08:30:00+00:00' WHERE article_id = :id AND number = 2",
            {"id": ID},
        )
        opened.write(
            "INSERT INTO article_urls VALUES (:url, :id, :at, :at)",
            {"url": url_of("beras-lama"), "id": ID, "at": "2025-07-14T09:00:00+00:00"},
        )
    shown = said("history", ID, archive=archive)
    assert "   2  2025-07-15 17:00 +0800  (outlet: 2025-07-15 16:30 +0800)  lead, " in shown
    assert f"address {url_of('beras-lama')}  2025-07-14 17:00 +0800 to 2025-07-14 17:00 +0800\n" in shown


def test_history_as_json_says_what_became_what(archive: Path) -> None:
    told = json.loads(said("history", ID, "--json", archive=archive))
    assert [revision["number"] for revision in told["revisions"]] == [1, 2, 3, 4]
    assert told["revisions"][0]["changes"] is None
    assert told["revisions"][1]["changes"] == {
        "kinds": ["lead", "numbers"], "is_silent": True, "numbers": [{"old": "12", "new": "14"}], "names": [],
        "quotes": [], "notices": [],
    }  # fmt: skip
    assert told["revisions"][2]["changes"]["notices"] == ["Ralat: semula tertulis 12 warga."]
    assert [address["url"] for address in told["addresses"]] == [url_of("beras")]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([], "Mataram [-–-]{+-+} Sebanyak 14 warga"),
        (["1", "2"], "Sebanyak [-12-]{+14+} warga"),
        (["2", "1"], "Sebanyak [-14-]{+12+} warga"),
    ],
)
def test_diff_marks_words(archive: Path, numbers: list[str], shown: str) -> None:
    told = said("diff", ID, *numbers, archive=archive)
    assert shown in told
    assert "\x1b" not in told


def test_diff_is_coloured_on_a_terminal(archive: Path) -> None:
    result = CliRunner().invoke(main, ["diff", ID, "1", "2", "--archive", str(archive)], color=True)
    assert "\x1b[31m[-12-]\x1b[0m\x1b[32m{+14+}\x1b[0m" in result.stdout


def test_diff_as_json_can_be_read_either_way(archive: Path) -> None:
    pieces = json.loads(said("diff", ID, "1", "2", "--json", archive=archive))
    assert {piece["field"] for piece in pieces} == {"text"}
    assert "".join(piece["words"] for piece in pieces if piece["op"] != "added") == TEXT
    assert "".join(piece["words"] for piece in pieces if piece["op"] != "removed") == TEXT.replace("12", "14")
    assert json.loads(said("diff", ID, "1", "1", "--json", archive=archive)) == []


def test_diff_as_a_page_stands_alone_and_is_no_markup_of_the_articles(archive: Path) -> None:
    with shelf_in(archive.parent) as shelf:
        shelf.put("jalan", f"Warga menambal jalan {EVIL} </del>", title=f"{EVIL} &amp;")
    page = said("diff", id_of("jalan"), "--html", archive=archive)
    tree = html.fromstring(page)
    assert page.startswith("<!doctype html>\n")
    assert EVIL not in page
    assert tree.xpath("//script | //img | //link | //@href | //@src") == []
    assert tree.xpath("//h2/text()") == ["title", "text"]
    assert "".join(tree.xpath("//h2[text()='title']/following-sibling::p[1]//text()")) == f"{EVIL} &amp;"
    assert [element.text for element in tree.xpath("//ins")][0] == " &amp;"
    out = archive.parent / "beda.html"
    out.write_text("lama")
    assert said("diff", id_of("jalan"), "--html", "--out", str(out), archive=archive) == f"written to {out}\n"
    assert out.read_text(encoding="utf-8") == page
    assert "Nothing differs." in said("diff", ID, "1", "1", "--html", archive=archive)


@pytest.mark.parametrize("words", [[f"{ID}@2"], [f"{ID[:6]}@2"], [f"{url_of('beras')}@2"], [ID, "--on", "2025-07-15"]])
def test_show_tells_an_earlier_state(archive: Path, words: list[str]) -> None:
    shown = said("show", *words, archive=archive)
    assert f"(id {ID}, revision 2, archived 2025-07-15T09:00:00+00:00)" in shown
    assert "Sebanyak 14 warga" in shown
    assert "Ralat" not in shown
    assert "[picture] Antrean di Kopang" in shown
    assert "[related]" not in shown
    assert json.loads(said("show", *words, "--json", archive=archive))["revision"] == 2


def test_show_tells_the_state_of_today_by_the_outlets_clock(archive: Path) -> None:
    assert f"(id {ID}, revision 4, archived" in said("show", ID, "--on", "today", archive=archive)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["history", "ffffffffffff"], "holds no article 'ffffffffffff'; find one with: kickcrawl search WORDS"),
        (["history", ""], "holds no article ''; find one with"),
        (["diff", "https://warta.example/tidak-ada"], "holds no article 'https://warta.example/tidak-ada'; find"),
        (["diff", ID, "1", "5"], f"{ID}: there is no revision 5; it has revisions 1 to 4"),
        (["diff", ID, "0", "1"], f"{ID}: there is no revision 0; it has revisions 1 to 4"),
        (["diff", ID, "1"], f"name two revisions, or none for the last two; {ID} has revisions 1 to 4"),
        (["diff", id_of("jalan")], f"{id_of('jalan')}: there is nothing to compare; it has only revision 1"),
        (["diff", ID, "--json", "--html"], "name --json or --html, not both"),
        (["diff", ID, "--out", "beda.html"], "--out is for the page that --html makes"),
        (["show", f"{ID}@5"], f"{ID}: there is no revision 5; it has revisions 1 to 4"),
        (["show", f"{ID}@0"], f"{ID}: there is no revision 0; it has revisions 1 to 4"),
        (["show", f"{ID}@{'9' * 5000}"], "is no revision"),
        (["show", f"{ID}@dua"], f"'dua' is no revision; {ID} has revisions 1 to 4"),
        (["show", f"{ID}@"], "'' is no revision"),
        (["show", f"{id_of('jalan')}@2"], f"{id_of('jalan')}: there is no revision 2; it has only revision 1"),
        (["show", "ffffffffffff@1"], "holds no article 'ffffffffffff'"),
        (
            ["show", ID, "--on", "2025-07-13"],
            "known of it on 2025-07-13; it was first archived on 2025-07-14",
        ),
        (["show", ID, "--on", "14-07-2025"], "'14-07-2025' is no day; write one as 2025-07-14"),
        (["show", ID, "--on", "2025-02-30"], "'2025-02-30' is no day; write one as 2025-07-14"),
        (["show", ID, "--on", "9999-12-31"], "'9999-12-31' is a day of no newspaper"),
        (["show", f"{ID}@1", "--on", "2025-07-14"], "name a revision or a day, not both"),
        (["show", "ffffffffffff", "--on", "2025-07-14"], "holds no article 'ffffffffffff'"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(archive: Path, words: list[str], sentence: str) -> None:
    result = run(*words, archive=archive)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("kickcrawl: ")
    assert sentence in line


def a_folder(folder: Path) -> Path:
    (folder / "beda").mkdir()
    return folder / "beda"


def in_a_file(folder: Path) -> Path:
    (folder / "catatan").write_text("catatan")
    return folder / "catatan" / "beda.html"


@pytest.mark.parametrize("make", [a_folder, in_a_file])
def test_page_that_cannot_be_written_leaves_nothing_behind(archive: Path, make: Callable[[Path], Path]) -> None:
    folder = archive.parent / "keluaran"
    folder.mkdir()
    target = make(folder)
    before = sorted(folder.rglob("*"))
    result = run("diff", ID, "--html", "--out", str(target), archive=archive)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kickcrawl: {target}: cannot be written (")
    assert sorted(folder.rglob("*")) == before


def test_nothing_but_a_revision_or_a_day_chooses_a_state(archive: Path) -> None:
    with closing(open_archive(archive, read_only=True)) as opened:
        today = find_state(opened, ID)
        assert as_it_stood(opened, today) == today
        with pytest.raises(UsageError, match="not both"):
            as_it_stood(opened, today, "1", "2025-07-14")
