"""Reading captures anew: the same today, what differs becomes a revision that says so, nothing is lost for it."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.database import Archive, open_archive
from archive.replay.reextract import ReextractTally, reextract, to_read
from archive.replay.won_and_lost import RuleTally
from archive.warc.owner import warc_folder
from kickcrawl.extractor import reading_code
from kickcrawl.outlet import load_outlets, outlet_folders
from spiders.cli import main
from tests.newsroom import serve
from tests.support.crawling import crawl

pytestmark = pytest.mark.crawl
RULES = {slug: outlet.rules for slug, outlet in load_outlets(outlet_folders()).items()}
NEWEST = "SELECT id FROM articles ORDER BY published_at DESC LIMIT 1"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive after two crawls with edits between them."""
    path = tmp_path_factory.mktemp("pustaka") / "archive.db"
    with serve(seed=91, articles=40) as site:
        site.switch(gzip=True)
        assert crawl(path, site.base).status == 0
        site.modify(6)
        site.trash(2)
        assert crawl(path, site.base).status == 0
    return path


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it, beside its WARC files."""
    (tmp_path / "archive.db").write_bytes(crawled.read_bytes())
    (tmp_path / "warc").symlink_to(warc_folder(crawled))
    with closing(open_archive(tmp_path / "archive.db")) as archive:
        yield archive


def read(archive: Archive, *, accept: bool = False, again: bool = True, limit: int | None = None) -> ReextractTally:
    keys = to_read(archive, outlet=None, since=None, limit=limit, again=again)
    return asyncio.run(reextract(archive, RULES, keys, accept=accept)).get("kicknews", ReextractTally())


def state(archive: Archive) -> list[tuple[object, ...]]:
    rows = archive.rows("SELECT * FROM articles ORDER BY id")
    return [tuple(row) for row in [*rows, *archive.rows("SELECT * FROM revisions ORDER BY article_id, number")]]


def test_same_extractor_reads_the_same_and_changes_nothing(archive: Archive) -> None:
    before = state(archive)
    tally = read(archive, accept=True)
    assert tally.read == tally.same == archive.value("SELECT count(*) FROM articles")
    assert (tally.fields, tally.lost, tally.won, tally.failed, tally.largest) == ({}, [], [], [], [])
    assert state(archive) == before


def test_what_differs_becomes_a_revision_that_says_re_extracted(archive: Archive) -> None:
    name = archive.value(NEWEST)
    true = archive.row("SELECT * FROM articles WHERE id = :id", {"id": name})
    assert true is not None
    archive.write("UPDATE articles SET text = 'Baca juga: kabar lain', words = 4 WHERE id = :id", {"id": name})
    archive.write("UPDATE articles SET gone_at = '2025-08-01T00:00:00+00:00' WHERE id = :id", {"id": name})
    keys = archive.rows("SELECT * FROM near_keys WHERE article_key = :key ORDER BY number", {"key": true["key"]})
    for table in ("near_keys", "near_sketches"):
        archive.write(f"DELETE FROM {table} WHERE article_key = :key", {"key": true["key"]})
    tried = read(archive)
    assert (tried.fields, [line[:12] for line in tried.won]) == ({"text": 1}, [name])
    assert tried.largest[0].new == true["text"]
    assert archive.value("SELECT words FROM articles WHERE id = :id", {"id": name}) == 4  # it was a trial
    read(archive, accept=True)
    row = archive.row("SELECT * FROM articles WHERE id = :id", {"id": name})
    assert row is not None
    assert (row["text"], row["words"], row["revision"]) == (true["text"], true["words"], true["revision"] + 1)
    assert (row["gone_at"], row["last_seen_at"]) == ("2025-08-01T00:00:00+00:00", true["last_seen_at"])
    last = archive.row("SELECT * FROM revisions WHERE article_id = :id ORDER BY number DESC", {"id": name})
    assert last is not None
    assert (last["cause"], last["changed"], last["capture_id"]) == ("re-extracted", '["text"]', true["capture_id"])
    causes = archive.rows("SELECT DISTINCT cause FROM revisions WHERE article_id <> :id", {"id": name})
    assert [cause["cause"] for cause in causes] == ["fetched"]
    found = archive.rows("SELECT * FROM near_keys WHERE article_key = :key ORDER BY number", {"key": true["key"]})
    assert keys
    assert found == keys


def test_bodies_are_lost_and_won_by_the_rule_that_cuts_otherwise_than_it_did(archive: Archive) -> None:
    won, lost, old = (row["url"] for row in archive.rows("SELECT url FROM articles ORDER BY words DESC, id LIMIT 3"))
    archive.write(
        "UPDATE articles SET text = substr(text, 1, length(text) - 30), left_out = json_set(left_out, '$.filler', 900) "
        "WHERE url = :url",
        {"url": won},
    )
    archive.write(
        "UPDATE articles SET text = text || :text, left_out = json_remove(left_out, '$.beside') WHERE url = :url",
        {"url": lost, "text": "\n\nKantor redaksi"},
    )
    archive.write("UPDATE articles SET text = text || '!', left_out = NULL WHERE url = :url", {"url": old})
    assert read(archive).rules == {
        "filler": RuleTally(won=1, won_characters=30, examples=[won]),
        "beside": RuleTally(lost=1, lost_characters=16, examples=[lost]),
        "not noted": RuleTally(lost=1, lost_characters=1, examples=[old]),
    }
    path = str(archive.path)
    told = CliRunner().invoke(main, ["reextract", "--dry-run", "--archive", path]).stdout
    assert f"  filler                      0          0      1         30  {won}\n" in told
    asked = CliRunner().invoke(main, ["reextract", "--dry-run", "--json", "--archive", path]).stdout
    assert json.loads(asked)["kicknews"]["rules"]["beside"]["lost_characters"] == 16


def test_title_in_brackets_is_no_list(archive: Archive) -> None:
    values = {"id": archive.value(NEWEST), "title": "[HOAKS] Foto banjir di Mataram"}
    archive.write("UPDATE articles SET title = :title WHERE id = :id", values)
    tally = read(archive)
    assert (tally.fields, tally.failed) == ({"title": 1}, [])


def test_text_that_would_be_lost_stays(archive: Archive) -> None:
    name = archive.value(NEWEST)
    long = "Panen raya di Sukarara. " * 400
    archive.write("UPDATE articles SET text = :text, words = 1600 WHERE id = :id", {"id": name, "text": long})
    tally = read(archive, accept=True)
    assert [line[:12] for line in tally.lost] == [name]
    assert archive.value("SELECT text FROM articles WHERE id = :id", {"id": name}) == long


def test_text_that_would_be_lost_is_not_tried_twice_by_one_extractor(archive: Archive) -> None:
    values = {"id": archive.value(NEWEST), "text": "Panen raya di Sukarara. " * 400}
    archive.write("UPDATE articles SET text = :text, words = 1600, extractor = 'lama' WHERE id = :id", values)
    assert (read(archive, accept=True, again=False).read, read(archive, accept=True, again=False).read) == (1, 0)


def test_interrupted_work_goes_on_where_it_was(archive: Archive) -> None:
    everything = archive.value("SELECT count(*) FROM articles")
    assert read(archive, again=False).read == 0
    archive.write("UPDATE articles SET extractor = 'lama'")
    assert read(archive, accept=True, again=False, limit=5).read == 5
    assert read(archive, accept=True, again=False).read == everything - 5
    assert read(archive, again=False).read == 0


def test_new_version_that_reads_the_same_reads_nothing_again(archive: Archive) -> None:
    archive.write("UPDATE articles SET extractor = '2020.1.1+' || :code", {"code": reading_code()})
    assert read(archive, again=False).read == 0


def test_capture_that_is_not_there_is_told_and_the_others_are_read(archive: Archive, tmp_path: Path) -> None:
    name = archive.value(NEWEST)
    archive.write(
        "UPDATE captures SET file = 'hilang.warc.gz' WHERE id = (SELECT capture_id FROM articles WHERE id = :id)",
        {"id": name},
    )
    tally = read(archive)
    assert tally.read == tally.same == archive.value("SELECT count(*) FROM articles") - 1
    [line] = tally.failed
    assert line.startswith(f"{name}: ")
    assert "hilang.warc.gz" in line


def test_command_reports_and_exits_by_what_is_lost(archive: Archive, tmp_path: Path) -> None:
    path = str(tmp_path / "archive.db")
    done = CliRunner().invoke(main, ["reextract", "--dry-run", "--json", "--archive", path])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["kicknews"]["fields"] == {}
    archive.write("UPDATE articles SET words = 10000 WHERE id = :id", {"id": archive.value(NEWEST)})
    archive.write("UPDATE articles SET text = replace(text, ' di ', ' dari ') WHERE words < 10000")
    done = CliRunner().invoke(main, ["reextract", "--dry-run", "--archive", path])
    assert done.exit_code == 1
    assert "kicknews: " in done.stdout
    assert "  lost  " in done.stdout
    assert "[-dari-] {+di+}" in done.stdout
    told = CliRunner().invoke(main, ["reextract", "--dry-run", "--json", "--archive", path]).stdout
    assert json.loads(told)["kicknews"]["fields"]["text"] > 0
    assert (
        "nothing to read" in CliRunner().invoke(main, ["reextract", "--archive", path, "--since", "2099-01-01"]).stdout
    )


def test_request_that_is_damaged_is_told_and_the_others_are_read(archive: Archive, tmp_path: Path) -> None:
    capture = archive.row("SELECT c.* FROM articles a JOIN captures c ON c.id = a.capture_id ORDER BY a.id LIMIT 1")
    assert capture is not None
    folder = (tmp_path / "warc").readlink()
    (tmp_path / "warc").unlink()
    shutil.copytree(folder, tmp_path / "warc")
    with (tmp_path / "warc" / capture["file"]).open("r+b") as file:
        file.seek(capture["offset"] + capture["size"] + 100)
        file.write(b"rusak")
    tally = read(archive)
    assert tally.read == archive.value("SELECT count(*) FROM articles") - 1
    [line] = tally.failed
    assert f"the record at byte {capture['offset'] + capture['size']} is damaged" in line


def test_canonical_address_of_another_story_leads_to_no_other_articles_text(archive: Archive) -> None:
    first, second = archive.rows("SELECT * FROM articles ORDER BY published_at DESC LIMIT 2")
    # As if the second had been found at an address of its own, although its page names the first's as canonical.
    archive.write("UPDATE articles SET url = url || '?lama' WHERE id = :id", {"id": first["id"]})
    archive.write("UPDATE articles SET url = :url WHERE id = :id", {"id": second["id"], "url": first["url"]})
    read(archive, accept=True)
    for row in (first, second):
        now = archive.row("SELECT text, revision FROM articles WHERE id = :id", {"id": row["id"]})
        assert now is not None
        assert tuple(now) == (row["text"], row["revision"])


def test_what_a_crawl_fetched_in_the_meantime_is_not_written_over(archive: Archive) -> None:
    name = archive.value(NEWEST)
    archive.write("UPDATE articles SET text = 'Baca juga: kabar lain', words = 4 WHERE id = :id", {"id": name})
    newer = "UPDATE articles SET capture_id = (SELECT min(id) FROM captures), text = 'Kabar terbaru' WHERE id = :id"

    def crawl_it() -> None:
        archive.write(newer, {"id": name})

    keys = to_read(archive, outlet=None, since=None, limit=3, again=True)
    asyncio.run(reextract(archive, RULES, keys, accept=True, tick=crawl_it))
    assert archive.value("SELECT text FROM articles WHERE id = :id", {"id": name}) == "Kabar terbaru"


def test_command_takes_how_many_processes_read(archive: Archive) -> None:
    done = CliRunner().invoke(
        main, ["reextract", "--dry-run", "--processes", "1", "--json", "--archive", str(archive.path)]
    )
    assert json.loads(done.stdout)["kicknews"]["read"] == archive.value("SELECT count(*) FROM articles")
    refused = CliRunner().invoke(main, ["reextract", "--processes", "0", "--archive", str(archive.path)])
    assert refused.exit_code == 2
