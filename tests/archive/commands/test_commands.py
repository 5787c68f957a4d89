"""The command line: every command helps, lists as JSON, and says in one line what went wrong."""

import json
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.database import open_archive
from archive.runs import end_run, start_run
from kickcrawl import CHECKOUT, __version__
from kickcrawl.article import Image, RelatedLink
from kickcrawl.outlet import BUNDLED
from spiders.cli import main
from tests.support.storing import NOW, OUTLET, id_of, shelf_in, url_of

NAMES = sorted(main.commands)
# What each command that lists is asked for here; {archive} and {folder} are filled in.
LISTS = {
    "outlets": [],
    "explain": ["https://kicknews.today/panen-padi"],
    "status": ["--archive", "{archive}"],
    "coverage": ["--archive", "{archive}"],
    "search": ["padi", "--archive", "{archive}"],
    "show": [id_of("padi"), "--archive", "{archive}"],
    "history": [id_of("padi"), "--archive", "{archive}"],
    "diff": [id_of("padi"), "1", "1", "--archive", "{archive}"],
    "stories": ["--archive", "{archive}"],
    "backup": ["{folder}/salinan.db", "--archive", "{archive}"],
    "verify": ["--head", "--archive", "{archive}"],
}
OTHERWISE = {
    "add": "needs a site: tests/spiders/test_add.py",
    "alerts": "tests/archive/alerts/test_deliver.py",
    "backfill": "needs a site: tests/spiders/backfill",
    "fleet": "needs `make fleet`: tests/spiders/fleet",
    "run": "needs a site: tests/spiders/test_run.py",
    "cite": "has JSON among its styles: tests/archive/cite/test_cite.py",
    "export": "is JSON Lines anyway",
    "extract": "is JSON Lines anyway: tests/kickcrawl/commands/test_extract_pages.py",
    "rebuild": "makes an archive: tests/archive/replay/test_rebuild.py",
    "reextract": "needs captures: tests/archive/replay/test_reextract.py",
    "retry": "tells a number alone: tests/archive/doubts/test_retry.py",
    "serve": "lists nothing",
    "takedown": "lists nothing: tests/archive/takedown/test_takedown.py",
    "update": "lists nothing: tests/archive/test_updates.py",
}
ASKING = {name: words for name, words in LISTS.items() if "--archive" in words} | {
    "cite": [id_of("padi"), "--archive", "{archive}"],
    "export": ["--archive", "{archive}"],
    "retry": ["--archive", "{archive}"],
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KICKCRAWL_ARCHIVE", "KICKCRAWL_OUTLETS", "KICKCRAWL_BASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with shelf_in(tmp_path) as shelf:
        shelf.put(
            "padi",
            "Petani memanen padi di Sukarara.\n\nHarga gabah tetap.",
            title="Panen padi – naik",
            authors=("Lalu Ahmad",),
            sections=("Ekonomi",),
            tags=("padi",),
            published_at=datetime(2025, 7, 13, 22, tzinfo=UTC),
            published_offset=480,
            images=(Image(url=url_of("padi.jpg"), caption="Sawah di Sukarara"),),
            related=(RelatedLink(url=url_of("cabai"), title="Harga cabai turun"),),
        )
        shelf.put("cabai", "Harga cabai turun di Praya.", published_at=datetime(2025, 7, 12, 1, tzinfo=UTC))
        shelf.put("laut", "Nelayan tidak melaut.", outlet="kabar")
    return tmp_path / "archive.db"


def run(*words: str, archive: Path | None = None) -> Result:
    """Run a command, on *archive* if one is given."""
    return CliRunner().invoke(main, [*words, *(["--archive", str(archive)] if archive else [])])


def fill(words: list[str], folder: Path) -> list[str]:
    return [word.format(archive=folder / "archive.db", folder=folder) for word in words]


def check_refused(result: Result, status: int) -> str:
    """Check that a command ended with *status* and one line on stderr; return that."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("kickcrawl: ")
    return line


@pytest.mark.parametrize("name", NAMES)
def test_command_helps(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    help_text = main.commands[name].help
    assert help_text, "has no docstring"
    assert help_text.split()[0] in result.output
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in result.output


@pytest.mark.parametrize("name", NAMES)
def test_command_is_listed_in_the_groups_help(name: str) -> None:
    assert re.search(rf"^  {name} +\S", run("--help").output, re.MULTILINE)


@pytest.mark.parametrize("width", ["80", "40"])
def test_the_groups_help_says_whole_sentences(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = " ".join(run("--help").output.split())
    assert "..." not in shown.replace("[ARGS]...", "")
    for command in main.commands.values():
        first = " ".join((command.help or "").split("\n\n")[0].split()).split(". ")[0]
        assert first.rstrip(".") in shown


@pytest.mark.parametrize("name", NAMES)
def test_command_stands_in_the_words_for_its_users(name: str) -> None:
    files = [file for file in (CHECKOUT / "README.md", *CHECKOUT.glob("docs/*.md")) if file.exists()]
    if CHECKOUT / "README.md" not in files:
        pytest.skip("there is no README.md yet")
    assert any(re.search(rf"\bkickcrawl {name}\b", file.read_text(encoding="utf-8")) for file in files)


def test_every_command_is_asked_for_json_here_or_has_a_reason() -> None:
    assert LISTS.keys() | OTHERWISE.keys() == set(NAMES)


@pytest.mark.parametrize(("name", "words"), LISTS.items(), ids=LISTS)
def test_command_that_lists_prints_json(archive: Path, name: str, words: list[str]) -> None:
    result = run(name, *fill(words, archive.parent), "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert json.loads(result.stdout) or name in ("stories", "diff")


def test_version_is_told() -> None:
    assert __version__ in run("--version").output


@pytest.mark.parametrize(("name", "words"), ASKING.items(), ids=ASKING)
def test_missing_archive_is_told_in_one_line(tmp_path: Path, name: str, words: list[str]) -> None:
    line = check_refused(run(name, *fill(words, tmp_path)), 1)
    assert "there is no archive here; crawl first" in line
    assert list(tmp_path.iterdir()) == []


# What is said of an archive without articles: in the answer, where it counts them, else on stderr.
EMPTY = {"status": "empty; fill it with", "backup": "0 articles", "retry": "0 pages", "reextract": "holds no articles;"}


@pytest.mark.parametrize(("name", "words"), (ASKING | {"reextract": ["--archive", "{archive}"]}).items())
def test_archive_without_articles_is_said_to_have_none(tmp_path: Path, name: str, words: list[str]) -> None:
    open_archive(tmp_path / "archive.db", create=True).close()
    result = run(name, *fill(words, tmp_path))
    if name in EMPTY:
        assert EMPTY[name] in result.stdout
    else:
        (line,) = result.stderr.splitlines()
        assert re.search(r"holds no articles; fill it with|it has none at all; fill it with", line)
    assert result.exit_code == {"show": 2, "history": 2, "diff": 2, "cite": 2}.get(name, 0)


def test_archive_with_articles_is_not_said_to_have_none(archive: Path) -> None:
    for name in ("search", "stories", "export"):
        result = run(name, *fill(ASKING[name], archive.parent))
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(("name", "words"), ASKING.items(), ids=ASKING)
def test_file_that_is_no_archive_is_told_in_one_line_and_left_as_it_was(
    tmp_path: Path, name: str, words: list[str]
) -> None:
    (tmp_path / "archive.db").write_text("Catatan rapat redaksi.\n" * 40)
    assert "this is no SQLite database" in check_refused(run(name, *fill(words, tmp_path)), 1)
    assert (tmp_path / "archive.db").read_text() == "Catatan rapat redaksi.\n" * 40


def test_archive_may_be_named_by_the_environment(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KICKCRAWL_ARCHIVE", str(archive))
    assert json.loads(run("status", "--json").stdout)["archive"] == str(archive)


def test_outlets_lists_every_outlet_file() -> None:
    slugs = {file.stem for file in BUNDLED.rglob("*.toml")}
    assert "kicknews" in slugs
    lines = run("outlets").stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(slugs)
    assert any(re.match(r"kicknews +ID-NB +wordpress +https://kicknews\.today/", line) for line in lines)
    assert {outlet["slug"] for outlet in json.loads(run("outlets", "--json").stdout)} == slugs


def test_outlet_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rusak.toml").write_text("name = [")
    monkeypatch.setenv("KICKCRAWL_OUTLETS", str(tmp_path))
    assert "rusak.toml" in check_refused(run("outlets"), 2)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        pytest.param(
            "HTTPS://WWW.Kicknews.today/panen-padi?utm_source=x#isi",
            {"outlet": "kicknews", "article": True},
            id="article",
        ),
        pytest.param("https://kicknews.today/redaksi", {"outlet": "kicknews", "article": False}, id="no article"),
        pytest.param("https://kicknews.today.example/panen", {"outlet": None, "article": False}, id="unknown host"),
    ],
)
def test_explain_says_whose_an_address_is(url: str, answer: dict[str, object]) -> None:
    told = json.loads(run("explain", url, "--json").stdout)
    assert {key: told[key] for key in answer} == answer
    assert told["rule"]
    assert "utm_source" not in told["canonical"]
    shown = run("explain", url).stdout
    assert f"outlet:      {told['outlet'] or '-'}" in shown
    assert told["rule"] in shown


@pytest.mark.parametrize("word", ["panen-padi", "", "ftp://kicknews.today/padi", "https://", "javascript:alert(1)"])
def test_explain_of_what_is_no_address_says_how_to_write_one(word: str) -> None:
    assert "write it in full, as https://kicknews.today/slug" in check_refused(run("explain", word), 2)


@pytest.mark.parametrize("name", ["show", "history", "diff", "search", "backup", "add"])
def test_command_without_what_it_is_about_is_a_wrong_argument(name: str) -> None:
    result = run(name)
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr


def test_status_tells_what_is_there(archive: Path) -> None:
    result = run("status", archive=archive)
    assert result.exit_code == 0
    assert "warta  2 articles, 2025-07-12 to 2025-07-14" in result.stdout
    assert "kabar  1 articles, ? to ?" in result.stdout
    assert "last run 2025-07-14T01:00:00+00:00: running" in result.stdout
    warta = next(
        o for o in json.loads(run("status", "--json", archive=archive).stdout)["outlets"] if o["articles"] == 2
    )
    assert (warta["outlet"], warta["seeds"], warta["last_run"]["outcome"]) == ("warta", {}, "running")


def test_status_of_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db", create=True).close()
    assert "empty; fill it with: scrapy crawl kicknews" in run("status", archive=tmp_path / "archive.db").stdout


def test_status_tells_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        failed = {"seed": "feed", "url": "https://warta.example/feed/", "error": "HTTP 500"}
        complaint = {"kind": "silence", "what": "sepi", "since": "2025-07-13", "advice": "lihat situsnya"}
        end_run(archive, run_id, "failed", NOW, counts={"stored": 0}, seeds=[failed], complaints=[complaint])
    shown = run("status", archive=tmp_path / "archive.db").stdout
    assert "seed feed failed: HTTP 500 (https://warta.example/feed/)" in shown
    assert "failing since 2025-07-14T01:00:00+00:00, last good run: never" in shown
    assert "sepi, since 2025-07-13: lihat situsnya" in shown


@pytest.mark.parametrize(
    "name", [id_of("padi"), id_of("padi")[:6], url_of("padi")], ids=["id", "first digits", "address"]
)
def test_show_finds_an_article_by_any_of_its_names(archive: Path, name: str) -> None:
    assert json.loads(run("show", name, "--json", archive=archive).stdout)["id"] == id_of("padi")
    shown = run("show", name, archive=archive).stdout
    for piece in (
        "Panen padi – naik",
        "Lalu Ahmad · 2025-07-14 06:00 +0800 · Ekonomi",
        f"{url_of('padi')}  (id {id_of('padi')}, revision 1)",
        "\nHarga gabah tetap.\n",
        f"[picture] Sawah di Sukarara {url_of('padi.jpg')}",
        f"[related] Harga cabai turun  {url_of('cabai')}",
        "Tags: padi",
    ):
        assert piece in shown


def test_show_of_an_article_that_says_little_leaves_nothing_blank(archive: Path) -> None:
    shown = run("show", url_of("laut", "kabar"), archive=archive).stdout
    assert "- · no date · -" in shown
    assert "Tags" not in shown


def test_show_says_since_when_an_article_is_gone(archive: Path) -> None:
    with closing(open_archive(archive)) as writer:
        writer.write("UPDATE articles SET gone_at = '2025-07-15T00:00:00+00:00' WHERE id = :id", {"id": id_of("padi")})
    assert "gone from the site since 2025-07-15" in run("show", id_of("padi"), archive=archive).stdout


@pytest.mark.parametrize("name", ["ffffffffffff", "https://warta.example/tidak-ada", "", "%"])
def test_show_of_an_unknown_article_says_how_to_find_one(archive: Path, name: str) -> None:
    line = check_refused(run("show", name, archive=archive), 2)
    assert f"holds no article {name!r}; find one with: kickcrawl search" in line


def test_search_shows_what_was_found_or_that_nothing_was(archive: Path) -> None:
    shown = run("search", "gabah", archive=archive).stdout
    assert shown.startswith(f"Panen padi – naik\n  {id_of('padi')}  2025-07-14  warta  {url_of('padi')}\n")
    assert "Harga [gabah] tetap" in shown
    assert run("search", "gabah", "--outlet", "kabar", archive=archive).stdout == "nothing found\n"
    assert json.loads(run("search", "gabah", "--outlet", "kabar", "--json", archive=archive).stdout) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["harga", "-gabah"], "cabai"),
        (["-harga"], "laut"),
        (["-harga OR gabah"], "padi laut"),
        (["-(harga OR laut)"], ""),
        (["harga", "-judul:panen", "--outlet", "warta"], "cabai"),
        (["harga", "--", "-gabah"], "cabai"),
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given),
)
def test_a_minus_before_a_word_denies_it_and_is_no_option(archive: Path, words: list[str], found: str) -> None:
    hits = json.loads(run("search", "--json", "--archive", str(archive), *words).stdout)
    assert {hit["url"].rstrip("/").rpartition("/")[2] for hit in hits} == set(found.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("search padi --since 2025-07-10 --until 2025-07-01", "since 2025-07-10 is after until 2025-07-01; exchange"),
        ("search padi --count --timeline month", "--count and --timeline are two answers; choose one"),
        ("verify --head --since sha256:0", "--head, --since and --citation each ask for something else; name one"),
    ],
)  # fmt: skip
def test_arguments_that_do_not_go_together_are_told(archive: Path, words: str, told: str) -> None:
    done = run(*words.split(), archive=archive)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize("limit", ["0", "-1", "satu"])
def test_limit_that_is_none_is_a_wrong_argument(archive: Path, limit: str) -> None:
    assert run("search", "padi", "--limit", limit, archive=archive).exit_code == 2


@pytest.mark.parametrize(
    ("options", "slugs"),
    [
        pytest.param([], ["laut", "cabai", "padi"], id="all"),
        pytest.param(["--outlet", "warta"], ["cabai", "padi"], id="an outlet"),
        pytest.param(["--since", "2025-07-13"], ["padi"], id="since, inclusive"),
        pytest.param(["--until", "2025-07-12"], ["cabai"], id="until, inclusive"),
        pytest.param(["--since", "2030-01-01"], [], id="nothing"),
    ],
)
def test_export_writes_a_line_for_each_article(archive: Path, options: list[str], slugs: list[str]) -> None:
    target = archive.parent / "artikel.jsonl"
    printed = run("export", *options, archive=archive)
    assert printed.exit_code == 0
    records = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [record["url"].rsplit("/", 1)[1] for record in records] == slugs
    target.write_text("ekspor lama")
    told = run("export", "--jsonl", str(target), *options, archive=archive)
    assert told.stdout == f"{len(slugs)} articles written to {target}\n"
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert not list(archive.parent.glob("*.part"))


def test_export_keeps_letters_as_they_are(archive: Path) -> None:
    assert "Panen padi – naik" in run("export", archive=archive).stdout


@pytest.mark.parametrize("day", ["12-07-2025", "kemarin", "2025-02-30"])
def test_export_from_what_is_no_day_is_a_wrong_argument(archive: Path, day: str) -> None:
    assert run("export", "--since", day, archive=archive).exit_code == 2


def a_folder(folder: Path) -> Path:
    (folder / "ekspor").mkdir()
    return folder / "ekspor"


def in_no_folder(folder: Path) -> Path:
    return folder / "tidak-ada" / "artikel.jsonl"


def in_a_file(folder: Path) -> Path:
    (folder / "catatan").write_text("catatan")
    return folder / "catatan" / "artikel.jsonl"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(a_folder, id="a folder"),
        pytest.param(in_no_folder, id="in no folder"),
        pytest.param(
            in_a_file,
            id="in a file",
        ),
    ],
)
def test_export_to_where_nothing_can_be_written_leaves_nothing_behind(
    archive: Path, make: Callable[[Path], Path]
) -> None:
    folder = archive.parent / "keluaran"
    folder.mkdir()
    target = make(folder)
    before = sorted(folder.rglob("*"))
    line = check_refused(run("export", "--jsonl", str(target), archive=archive), 2)
    assert line.startswith(f"kickcrawl: {target}: cannot be written (")
    assert sorted(folder.rglob("*")) == before


def damage_text_of_last_article(folder: Path) -> Path:
    """Make an archive in which the long text of its newest article cannot be read."""
    with shelf_in(folder) as shelf:
        shelf.put("padi", "Padi.", published_at=datetime(2025, 7, 1, tzinfo=UTC))
        # A photo post: its text is written here only, so that the page with the mark is one of the table articles.
        shelf.put("panjang", "", published_at=datetime(2025, 7, 2, tzinfo=UTC))
        archive = shelf.archive
        archive.write("DROP TRIGGER articles_fts_update")
        long = "gabah " * 5_000 + "TANDA" + " gabah" * 5_000
        archive.write("UPDATE articles SET text = :text WHERE id = :id", {"text": long, "id": id_of("panjang")})
        page_size = archive.value("PRAGMA page_size")
    path = folder / "archive.db"
    data = bytearray(path.read_bytes())
    start = data.index(b"TANDA") // page_size * page_size
    data[start : start + 4] = b"\xff\xff\xff\xff"  # an overflow page begins with the number of the next
    path.write_bytes(data)
    return path


def test_export_of_an_archive_that_is_damaged_leaves_nothing_behind(tmp_path: Path) -> None:
    archive = damage_text_of_last_article(tmp_path)
    target = tmp_path / "artikel.jsonl"
    target.write_text("ekspor lama")
    assert "damaged; restore a backup" in check_refused(run("export", "--jsonl", str(target), archive=archive), 1)
    assert target.read_text() == "ekspor lama"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    "words", [["search", "padi"], ["stories"], ["export"], ["reextract"]], ids=lambda words: words[0]
)
def test_outlet_that_is_not_in_the_archive_is_refused(archive: Path, words: list[str]) -> None:
    line = check_refused(run(*words, "--outlet", "tidak-ada", archive=archive), 2)
    assert "tidak-ada" in line
    assert "warta" in line


def test_digits_that_begin_several_ids_are_refused(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        for slug in ("padi", "cabai"):
            shelf.put(slug, f"Kabar {slug}.")
        shelf.archive.connection.execute("PRAGMA foreign_keys = OFF")
        for number, slug in enumerate(("padi", "cabai")):
            values = {"new": f"abcd{number}2345678", "old": id_of(slug)}
            shelf.archive.write("UPDATE articles SET id = :new WHERE id = :old", values)
    line = check_refused(run("show", "abcd", archive=tmp_path / "archive.db"), 2)
    assert "abcd02345678" in line
    assert "abcd12345678" in line
