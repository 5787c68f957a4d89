"""`kickcrawl verify`: what was changed, added or taken away since it was stored is found and named."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.captures import Captures
from archive.chain import read_head
from archive.database import Archive, open_archive
from archive.runs import end_run, start_run
from archive.verify.files import check_file, expected_in
from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError
from spiders.cli import main
from tests.newsroom import serve
from tests.support.crawling import crawl, value
from tests.support.exchanges import AT, INFO, exchange
from tests.support.storing import NOW, OUTLET


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two runs, with a revised article."""
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with serve(seed=41, articles=12) as site:
        site.switch(rest="404")  # so that the second run finds bodies that are held already
        assert crawl(archive, site.base).status == 0
        site.modify(2)
        assert crawl(archive, site.base).status == 0
    assert value(archive, "SELECT count(*) FROM revisions WHERE number = 2")
    assert value(archive, "SELECT count(*) FROM captures WHERE original_id IS NOT NULL")
    return archive


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Path:
    shutil.copytree(crawled.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "archive.db"


def verify(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["verify", "--archive", str(archive), *words])


def fault(archive: Path, *words: str) -> str:
    """Check that verify ends with status 1 and one sentence; return that."""
    result = verify(archive, *words)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("kickcrawl: ")
    return line


def change(archive: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(archive)) as plain:
        assert plain.execute(sql, values).rowcount != 0
        plain.commit()


def warc(archive: Path) -> Path:
    [path] = files_of(warc_folder(archive))
    return path


def test_archive_as_it_was_stored_is_told_with_counts_and_head(archive: Path) -> None:
    result = verify(archive)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("all is as it was stored: ")
    told = json.loads(verify(archive, "--json").stdout)
    assert told["records"] > told["captures"] > told["revisions"] > told["articles"] > 0
    assert told["head"] == value(archive, "SELECT chain_head FROM runs ORDER BY id DESC LIMIT 1")
    assert told["head"] in result.stdout
    assert verify(archive, "--head").stdout.strip() == told["head"]
    assert told["head"] in CliRunner().invoke(main, ["status", "--archive", str(archive)]).stdout


def test_head_stands_behind_the_captures_in_the_warc_file_too(archive: Path) -> None:
    head = value(archive, "SELECT chain_head FROM runs ORDER BY id DESC LIMIT 1")
    assert head.encode() in gzip.decompress(warc(archive).read_bytes()).rpartition(b"urn:kickcrawl:run")[2]


def test_every_earlier_head_can_be_expected_and_no_other(archive: Path) -> None:
    first = value(archive, "SELECT chain_head FROM runs ORDER BY id LIMIT 1")
    assert verify(archive, "--expect", first).exit_code == 0
    other = f"sha256:{'ab' * 32}"
    assert f"never had the head {other}" in fault(archive, "--expect", other)


# --- the database


def a_changed_word(archive: Path) -> str:
    change(archive, "UPDATE revisions_kept SET text = replace(text, ' yang ', ' tak ') WHERE number = 1")
    return "revision 1 of article "


def a_changed_word_of_today(archive: Path) -> str:
    change(archive, "UPDATE articles SET text = replace(text, ' yang ', ' tak ') WHERE revision = 2")
    return "is not as its last revision, 2, says"  # which another tool that writes leaves as it was


def a_changed_word_of_today_past_all_triggers(archive: Path) -> str:
    change(archive, "DROP TRIGGER revisions_keep_changed")
    change(archive, "UPDATE articles SET text = replace(text, ' yang ', ' tak ') WHERE revision = 2")
    return "revision 2 of article "


def a_text_that_is_taken_for_that_of_today(archive: Path) -> str:
    change(archive, "UPDATE revisions_kept SET text = NULL")
    return "revision 1 of article "


def a_changed_headline_everywhere(archive: Path) -> str:
    change(archive, "UPDATE articles SET title = title || '!' WHERE revision = 2")
    change(archive, "UPDATE revisions_kept SET title = title || '!' WHERE number = 2")
    return "is not as it was stored"


def a_deleted_first_revision(archive: Path) -> str:
    change(archive, "DELETE FROM revisions_kept WHERE number = 1 AND article_id IN (SELECT id FROM articles LIMIT 1)")
    return "revision 1 of article "


def a_deleted_last_revision(archive: Path) -> str:
    revert(archive)
    return "revision 2 of article "


def a_deleted_last_revision_with_its_link(archive: Path) -> str:
    revert(archive)
    change(archive, "DELETE FROM chain WHERE subject LIKE '%@2'")
    return "of the chain is missing"


def the_end_of_the_chain_taken_away(archive: Path) -> str:
    revert(archive)
    first = value(archive, "SELECT min(position) FROM chain WHERE subject LIKE '%@2'")
    change(archive, "DELETE FROM chain WHERE position >= ?", first)
    return "run 2 ended with the head sha256:"


def a_link_written_anew(archive: Path) -> str:
    change(archive, "UPDATE chain SET digest = 'sha256:0' WHERE position = 3")
    return "link 3 of the chain (revision "


def a_revision_past_the_chain(archive: Path) -> str:
    change(
        archive,
        "INSERT INTO revisions_kept SELECT article_id, 9, 'Judul palsu', text, authors, sections, tags, images, "
        "modified_at, recorded_at, cause, changed, capture_id, run_id FROM revisions LIMIT 1",
    )
    return "revision 9 of article "


def an_article_unlike_its_last_revision(archive: Path) -> str:
    change(archive, """UPDATE articles SET authors = '["Bukan Penulis"]' WHERE key = 1""")
    return "is not as its last revision, "


def a_capture_taken_away(archive: Path) -> str:
    unread = "SELECT max(id) FROM captures WHERE run_id = 1 AND id NOT IN (SELECT capture_id FROM revisions)"
    used = "SELECT original_id FROM captures WHERE original_id IS NOT NULL"
    change(archive, f"DELETE FROM captures WHERE id = ({unread} AND id NOT IN ({used}))")
    return "the chain vouches for run 1: "


def a_request_taken_away(archive: Path) -> str:
    change(
        archive, "DELETE FROM records WHERE (file, offset) = (SELECT file, max(offset) FROM records WHERE run_id = 2)"
    )
    return "the chain vouches for run 2: "


def a_reference_to_nothing(archive: Path) -> str:
    change(archive, "UPDATE articles SET capture_id = 9999 WHERE key = 1")
    return "of articles refers to one of captures that is not there"


def an_index_without_an_article(archive: Path) -> str:
    change(archive, "DROP TRIGGER articles_fts_update")
    change(archive, "UPDATE articles SET text = text || ' tambahan' WHERE key = 1")
    change(archive, "UPDATE revisions_kept SET text = NULL WHERE article_id = (SELECT id FROM articles WHERE key = 1)")
    return "is not as it was stored"


def an_index_that_lies(archive: Path) -> str:
    change(archive, "INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', 1, 'a', 'b')")
    return "the full-text index articles_fts is not that of the articles"


def a_count_that_lies(archive: Path) -> str:
    change(archive, "UPDATE articles_counts SET articles = articles + 1 WHERE kind = 'tags'")
    return "what articles_counts keeps of tags "


def a_count_that_is_not_kept(archive: Path) -> str:
    change(archive, "DELETE FROM articles_counts WHERE kind = 'month'")
    return "what articles_counts keeps of month "


def revert(archive: Path) -> None:
    """Take all second revisions away and make the articles what they were, indexes and all."""
    with closing(open_archive(archive)) as opened:
        opened.write("DELETE FROM revisions_kept WHERE number = 2")
        opened.write(
            "UPDATE articles SET revision = 1, (title, text, authors, sections, tags, images) = (SELECT title, text, "
            "authors, sections, tags, images FROM revisions WHERE article_id = id) WHERE revision = 2"
        )


@pytest.mark.parametrize(
    "harm",
    [
        a_changed_word, a_changed_word_of_today, a_changed_word_of_today_past_all_triggers,
        a_text_that_is_taken_for_that_of_today,
        a_changed_headline_everywhere, a_deleted_first_revision, a_deleted_last_revision,
        a_deleted_last_revision_with_its_link, the_end_of_the_chain_taken_away, a_link_written_anew,
        a_revision_past_the_chain, an_article_unlike_its_last_revision, a_capture_taken_away, a_request_taken_away,
        a_reference_to_nothing, an_index_without_an_article, an_index_that_lies,
        a_count_that_lies, a_count_that_is_not_kept,
    ],
)  # fmt: skip
def test_what_was_changed_in_the_database_is_named(archive: Path, harm: Callable[[Path], str]) -> None:
    assert harm(archive) in fault(archive)


def test_last_run_taken_away_without_a_trace_is_known_by_its_head(archive: Path) -> None:
    head = value(archive, "SELECT chain_head FROM runs WHERE id = 2")
    revert(archive)
    with closing(open_archive(archive)) as opened:
        opened.write("DELETE FROM chain WHERE position > (SELECT position FROM chain WHERE subject LIKE 'run 1:%')")
        opened.write("UPDATE articles SET capture_id = (SELECT capture_id FROM revisions WHERE article_id = id)")
        for table in ("rejections", "captures", "records"):
            opened.write(f"DELETE FROM {table} WHERE run_id = 2")
        opened.write("DELETE FROM runs WHERE id = 2")
    assert verify(archive).exit_code == 0
    assert f"never had the head {head}" in fault(archive, "--expect", head)


# --- the WARC files


@pytest.mark.parametrize("part", range(7))
def test_flipped_byte_in_a_crawled_file_is_named(archive: Path, part: int) -> None:
    path = warc(archive)
    data = bytearray(path.read_bytes())
    offset = len(data) * part // 7 + 1
    data[offset] ^= 1 << part
    path.write_bytes(data)
    line = fault(archive)
    assert path.name in line
    named = int(line.partition("at byte ")[2].split()[0])
    assert named <= offset
    between = "SELECT count(*) FROM captures WHERE offset > :named AND offset <= :offset"
    assert value(archive, between, named=named, offset=offset) == 0


def a_truncated_file(archive: Path) -> str:
    with warc(archive).open("r+b") as file:
        file.truncate(file.seek(0, 2) * 2 // 3)
    return "restore the file from a backup"


def a_file_cut_between_two_records(archive: Path) -> str:
    with warc(archive).open("r+b") as file:
        file.truncate(value(archive, "SELECT max(offset) FROM captures"))
    return "is not there"


def a_missing_file(archive: Path) -> str:
    warc(archive).unlink()
    return "the file is gone"


def bytes_between_records(archive: Path) -> str:
    path, at = warc(archive), value(archive, "SELECT max(offset) FROM captures")
    data = path.read_bytes()
    path.write_bytes(data[:at] + b"sisipan" + data[at:])
    return f"at byte {at} "


def a_torn_tail(archive: Path) -> str:
    with warc(archive).open("ab") as file:
        file.write(b"\x1f\x8b\x08\0sobek")
    return "ends in the middle of a record"


def another_record_in_its_place(archive: Path) -> str:
    """A row of an honest digest, for a record that is of another address."""
    change(archive, "UPDATE captures SET url = url || '?lain' WHERE id = 2")
    return "is another one than its row says"


@pytest.mark.parametrize(
    "harm",
    [
        a_truncated_file, a_file_cut_between_two_records, a_missing_file, bytes_between_records, a_torn_tail,
        another_record_in_its_place,
    ],
)  # fmt: skip
def test_what_was_changed_in_a_warc_file_is_named(archive: Path, harm: Callable[[Path], str]) -> None:
    named = harm(archive)
    line = fault(archive)
    assert named in line
    assert "warc.gz" in line


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Archive]:
    """An archive whose one WARC file is so small that every byte of it can be tried."""
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        captures = Captures(warc_folder(archive.path))
        captures.begin(archive, "warta", run_id, INFO)
        kept = exchange(1, 300)
        captures.keep(archive, "warta", run_id, kept)
        captures.keep(archive, "warta", run_id, kept)  # a revisit
        end_run(archive, run_id, "complete", NOW, counts={}, seeds=[])
        captures.note(archive, "warta", "run", b"{}", AT)
        captures.end(archive, "warta")
        yield archive


def test_flip_of_any_byte_is_found(small: Archive) -> None:
    """Also of those that no checksum of gzip or WARC covers: the header's time, the bits that pad a block."""
    [path] = files_of(warc_folder(small.path))
    whole = path.read_bytes()
    expected = expected_in(small, path)
    assert check_file(expected) == 6
    missed = []
    for offset in range(len(whole)):
        path.write_bytes(whole[:offset] + bytes((whole[offset] ^ 1 << offset % 8,)) + whole[offset + 1 :])
        with suppress(ArchiveError):
            check_file(expected)
            missed.append(offset)
    assert missed == []


def test_record_without_a_row_is_no_fault(small: Archive) -> None:
    [path] = files_of(warc_folder(small.path))
    small.write("DELETE FROM records WHERE run_id IS NULL")
    assert check_file(expected_in(small, path)) == 6
    assert read_head(small)
