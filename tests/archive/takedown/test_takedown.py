"""`kickcrawl takedown`: the content is gone from everywhere, what is left is whole, no crawl brings it back."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.database import open_archive
from archive.takedown import takedown
from archive.takedown.plan import tombstone
from archive.tombstones import find_tombstone, note_of
from archive.verify.chain import chain_checks
from archive.verify.checks import run_checks
from archive.warc.files import Damage, files_of, members
from archive.warc.owner import warc_folder
from archive.warc.records import TAKEN_DOWN, decode
from kickcrawl.page.encodings import decode_body
from kickcrawl.traces import plain_text, words_of
from spiders.cli import main
from tests.newsroom import Newsroom, serve
from tests.support.captured import warc_files, warcio_check
from tests.support.crawling import crawl, rows, value
from tests.support.storing import NOW

REASON = "putusan pengadilan 12/2026"


@dataclass
class Rig:
    """A crawled newsroom that still answers, its archive, and an article that was edited and stands in feeds."""

    site: Newsroom
    archive: Path
    article: dict[str, Any]
    texts: list[str]  # paragraphs of all its revisions

    def take_down(self, *words: str) -> Result:
        words = words or ("--reason", REASON, "--yes")
        return CliRunner().invoke(main, ["takedown", self.article["id"], "--archive", str(self.archive), *words])

    def crawl(self) -> None:
        assert crawl(self.archive, self.site.base).status == 0

    def verify(self) -> Result:
        return CliRunner().invoke(main, ["verify", "--archive", str(self.archive)])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with serve(seed=43, articles=30) as site:
        site.switch(rest="404", gzip=True)  # feeds are read, with all paragraphs in them
        assert crawl(archive, site.base).status == 0
        site.modify(4)
        assert crawl(archive, site.base).status == 0
        article = rows(archive, "SELECT * FROM articles WHERE revision = 2 ORDER BY published_at DESC")[0]
        texts = rows(archive, "SELECT text FROM revisions WHERE article_id = :id", id=article["id"])
        parts = {part for row in texts for part in row["text"].split("\n\n") if len(words_of(part)) >= 8}
        assert parts
        yield Rig(site, archive, article, sorted(parts))


@pytest.fixture
def rig(crawled: Rig, tmp_path: Path) -> Rig:
    shutil.copytree(crawled.archive.parent, tmp_path, dirs_exist_ok=True)
    return Rig(crawled.site, tmp_path / "archive.db", crawled.article, crawled.texts)


def where(rig: Rig) -> set[str]:
    """Return where paragraphs are found: in the bytes of the database, its log, or the records, however encoded."""
    found = set()
    for path in rig.archive.parent.iterdir():
        if path.is_file():
            held = path.read_bytes()
            found |= {path.name for part in rig.texts if part.encode() in held}
            found |= {path.name for part in rig.texts if json.dumps(part)[1:-1].encode() in held}
    wanted = [" ".join(words_of(part)) for part in rig.texts]
    for path in warc_folder(rig.archive).iterdir():
        for member in members(path):
            assert not isinstance(member, Damage)
            record = decode(member[1])
            body = plain_text(decode_body(record.payload, record.header("Content-Encoding")))
            held = " ".join(words_of(" ".join((body, *record.fields.values()))))
            found |= {f"{record.kind} {record.url}" for part in wanted if part in held}
    return found


def tombstones(archive: Path) -> dict[str, int]:
    """Return the kinds of records that say that they were taken down, with their number."""
    kinds: dict[str, int] = {}
    for path in files_of(warc_folder(archive)):
        for member in members(path):
            assert not isinstance(member, Damage)
            record = decode(member[1])
            if TAKEN_DOWN in record.fields:
                assert record.payload == b""
                kinds[record.kind] = kinds.get(record.kind, 0) + 1
    return kinds


@pytest.mark.parametrize(("articles", "kept"), [(1, "7"), (3, None)], ids=["its own", "a theme's, on each page"])
def test_number_is_kept_to_know_the_article_by_only_where_it_is_its_own(
    rig: Rig, articles: int, kept: str | None
) -> None:
    with closing(sqlite3.connect(rig.archive)) as archive, archive:
        first = "SELECT id FROM articles ORDER BY id = :id DESC LIMIT :articles"
        values = {"id": rig.article["id"], "articles": articles}
        archive.execute(f"UPDATE articles SET native_id = '7' WHERE id IN ({first})", values)
    assert rig.take_down().exit_code == 0
    assert rows(rig.archive, "SELECT native_id FROM takedowns") == [{"native_id": kept}]


def test_text_is_nowhere_any_more_and_all_else_is_as_it_was(rig: Rig) -> None:
    before = where(rig)
    assert "archive.db" in before
    assert {name for name in before if "/feed/" in name}
    assert any(rig.article["url"] in name for name in before)
    sizes = {path.name: path.stat().st_size for path in warc_files(rig.archive)}
    places = rows(rig.archive, "SELECT * FROM captures ORDER BY id")
    others = rows(rig.archive, "SELECT * FROM articles WHERE id <> :id ORDER BY key", id=rig.article["id"])

    result = rig.take_down()
    assert result.exit_code == 0, result.output
    assert where(rig) == set()
    assert rig.verify().exit_code == 0, rig.verify().output
    warcio_check(*warc_files(rig.archive))
    assert rows(rig.archive, "SELECT * FROM captures ORDER BY id") == places
    assert rows(rig.archive, "SELECT * FROM articles ORDER BY key") == others
    assert all(path.stat().st_size > sizes[path.name] for path in warc_files(rig.archive))  # the note
    assert tombstones(rig.archive).keys() == {"response", "request"}
    emptied = rows(
        rig.archive, "SELECT c.url FROM captures c JOIN replaced p ON p.file = c.file AND p.offset = c.offset"
    )
    assert not {row["url"] for row in emptied} & {row["url"] for row in others}, "an excerpt beside them costs nothing"
    assert rig.article["title"].encode() not in rig.archive.read_bytes()


def test_index_has_none_of_its_words(rig: Rig) -> None:
    others = " ".join(
        row["title"] + " " + row["text"]
        for row in rows(rig.archive, "SELECT * FROM articles WHERE id <> :id", id=rig.article["id"])
    )
    own = set(words_of(" ".join((rig.article["title"], rig.article["text"])))) - set(words_of(others))
    assert own
    rig.take_down()
    with closing(sqlite3.connect(rig.archive)) as plain:
        plain.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, articles_fts, row)")
        assert own.isdisjoint(row[0] for row in plain.execute("SELECT term FROM terms"))


def test_tombstone_says_when_and_why(rig: Rig) -> None:
    rig.take_down()
    for name in (rig.article["id"], rig.article["url"], f"{rig.article['id']}@1"):
        shown = CliRunner().invoke(main, ["show", name, "--archive", str(rig.archive)])
        assert shown.exit_code == 0
        assert REASON in shown.stdout
        assert rig.article["title"] not in shown.stdout
    told = CliRunner().invoke(main, ["show", rig.article["id"], "--archive", str(rig.archive), "--json"])
    assert json.loads(told.stdout)["urls"] == [rig.article["url"]]
    again = rig.take_down()
    assert again.exit_code == 0
    assert REASON in again.stdout


def test_later_crawls_do_not_bring_it_back(rig: Rig) -> None:
    rig.take_down()
    count = value(rig.archive, "SELECT count(*) FROM articles")
    rig.crawl()
    assert where(rig) == set()
    assert value(rig.archive, "SELECT count(*) FROM articles") == count
    assert (
        value(rig.archive, "SELECT count(*) FROM captures WHERE run_id = 3 AND url = :url", url=rig.article["url"]) == 0
    )
    [candidate] = rows(rig.archive, "SELECT * FROM frontier WHERE url = :url", url=rig.article["url"])
    assert (candidate["state"], candidate["title"], candidate["claims"]) == ("excluded", None, "[]")
    assert rig.verify().exit_code == 0, rig.verify().output
    warcio_check(*warc_files(rig.archive))
    assert [row for row in rows(rig.archive, "SELECT * FROM captures WHERE run_id = 3") if "/feed/" in row["url"]]


@pytest.mark.parametrize("rest", ["on", pytest.param("404", marks=pytest.mark.slow)])
def test_story_that_comes_back_edited_under_another_address_is_not_stored(tmp_path: Path, rest: str) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=44, articles=15) as site:
        site.switch(rest=rest)
        assert crawl(archive, site.base).status == 0
        article = rows(archive, "SELECT * FROM articles WHERE words > 150 ORDER BY published_at DESC")[0]
        parts = [part for part in article["text"].split("\n\n") if len(words_of(part)) >= 8]
        rig = Rig(site, archive, article, parts)
        assert rig.take_down().exit_code == 0
        post = next(post["id"] for post in site.truth() if post["url"] == article["url"])
        site.edit(post, "word")
        moved = site.edit(post, "slug")["url"]
        before = value(archive, "SELECT count(*) FROM articles")
        rig.crawl()
        assert where(rig) == set()
        assert value(archive, "SELECT count(*) FROM articles") == before
        assert {row["url"] for row in rows(archive, "SELECT url FROM takedown_urls")} >= {article["url"]}
        [candidate] = rows(archive, "SELECT * FROM frontier WHERE url = :url", url=moved)
        assert (candidate["state"], candidate["title"], candidate["claims"]) == ("excluded", None, "[]")
        rig.crawl()
        assert value(archive, "SELECT count(*) FROM captures WHERE run_id = 3 AND url = :url", url=moved) == 0
        assert rig.verify().exit_code == 0, rig.verify().output
    warcio_check(*warc_files(archive))


def test_note_in_the_warc_file_is_enough_for_a_rebuild(rig: Rig, tmp_path: Path) -> None:
    rig.take_down()
    [told] = [
        json.loads(record.payload)
        for path in warc_files(rig.archive)
        for member in members(path)
        if not isinstance(member, Damage) and (record := decode(member[1])).url == "urn:kickcrawl:takedown"
    ]
    assert rig.article["title"] not in json.dumps(told)
    with closing(open_archive(rig.archive)) as one, closing(open_archive(tmp_path / "baru.db", create=True)) as other:
        other.write(
            "INSERT INTO outlets (slug, name, timezone, platform, home) VALUES ('kicknews', 'K', 'UTC', 'generic', '-')"
        )
        for _ in range(2):
            takedown.restore(other, told)
        assert note_of(other, told["article_id"]) == note_of(one, told["article_id"])
        assert find_tombstone(other, rig.article["url"]) == find_tombstone(one, rig.article["url"])
        assert sum(run_checks(other, chain_checks(other, 0, expect=None))) == 1


class Interrupted(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("step", ["_write_in_place", "sweep"])
def test_interrupted_takedown_is_told_by_verify_and_finished_by_the_same_command(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    calls = []

    def interrupt(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 2 or step == "sweep":
            raise Interrupted

    with monkeypatch.context() as patched, closing(open_archive(rig.archive)) as archive, suppress(Interrupted):
        patched.setattr(takedown, step, interrupt)
        takedown.take_down(archive, rig.article["id"], REASON, NOW, lambda _: None)
    assert calls
    if step == "_write_in_place":
        assert f"finish it: kickcrawl takedown {rig.article['id']}" in rig.verify().stderr
    assert rig.take_down().exit_code == 0
    assert where(rig) == set()
    assert rig.verify().exit_code == 0, rig.verify().output


def test_every_record_of_a_crawl_has_room_for_a_tombstone(rig: Rig) -> None:
    [path] = warc_files(rig.archive)
    for member in members(path):
        assert not isinstance(member, Damage)
        record = decode(member[1])
        if record.kind == "warcinfo":
            continue
        stands = tombstone(record, len(member[1]), NOW.isoformat())
        assert len(stands) == len(member[1])
        read = decode(stands)
        assert (read.kind, read.url, read.date, read.payload, read.problems) == (
            record.kind,
            record.url,
            record.date,
            b"",
            (),
        )
        assert read.status == record.status or record.kind == "request"
        assert len(gzip.decompress(stands)) < 1000


def test_wrong_or_half_named_article_is_refused(rig: Rig) -> None:
    for name, sentence in (("000000000000", "holds no article"), (rig.article["id"][:6], "its whole id or an address")):
        words = ["takedown", name, "--reason", REASON, "--yes", "--archive", str(rig.archive)]
        result = CliRunner().invoke(main, words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert sentence in result.stderr
    assert rig.take_down("--yes").exit_code == 2
    assert rig.take_down("--reason", REASON).exit_code == 1  # not confirmed
    assert where(rig)


def test_forged_tombstone_is_found(rig: Rig) -> None:
    rig.take_down()
    for sql in (
        "UPDATE takedowns SET reason = 'lain'",
        "UPDATE replaced SET digest = 'sha256:0' WHERE offset = (SELECT max(offset) FROM replaced)",
        "DELETE FROM replaced WHERE offset = (SELECT max(offset) FROM replaced)",
    ):
        with closing(sqlite3.connect(rig.archive)) as plain:
            plain.execute(sql)
            plain.commit()
        assert f"the takedown of {rig.article['id']} is not as it was noted" in rig.verify().stderr
