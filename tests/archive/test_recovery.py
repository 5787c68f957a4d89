"""Recovery: what a run that died left behind is checked, mended and said before the next one begins."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive import frontier
from archive.database import PAGE_SIZE, Archive, open_archive
from archive.lock import lock_run
from archive.query.choice import Choice
from archive.recovery import MAX_WHOLE_BYTES, check_after_death, forget_future, leases_left
from archive.runs import end_run, start_run
from archive.seeds.reach import read_reaches
from archive.seeds.recheck import recheck_unnamed
from kickcrawl import RELEASED
from kickcrawl.article import Candidate
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError
from tests.support.searching import search
from tests.support.storing import KEPT, OUTLET, shelf_in

NOW = RELEASED + timedelta(days=30)
AHEAD = NOW + timedelta(days=10_957)
SIZES = (0, MAX_WHOLE_BYTES)  # of a database that is checked whole
URL = "https://warta.example/panen-padi"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def candidate() -> Candidate:
    return Candidate(url=URL, seed="sitemap")


def test_nothing_is_checked_where_every_run_has_ended_or_goes_on(archive: Archive) -> None:
    run_id = start_run(archive, OUTLET, {}, NOW)
    with lock_run(archive.path, "warta"):
        assert check_after_death(archive) == []
    end_run(archive, run_id, "complete", NOW, counts={}, seeds=[])
    assert check_after_death(archive) == []


def test_run_that_died_is_named_with_what_it_had_in_hand(archive: Archive) -> None:
    run_id = start_run(archive, OUTLET, {}, NOW)
    frontier.name(archive, "warta", [candidate()], NOW)
    frontier.lease(archive, "warta", 1, NOW)
    assert check_after_death(archive) == [
        f"run {run_id} of warta ended without a word; the database was checked and is sound"
    ]
    assert leases_left(archive, "warta") == 1


def test_file_that_is_gone_or_cut_short_is_named(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Panen bawang merah di Kopang.")  # of a file that nobody wrote
        assert any("is gone; restore it" in sentence for sentence in check_after_death(shelf.archive))
        assert check_after_death(shelf.archive) == []  # told once: the run is noted as died
        shelf.archive.write("UPDATE runs SET outcome = 'running'")
        shelf.archive.write("UPDATE captures SET offset = 7")
        (tmp_path / "warc").mkdir()
        (tmp_path / "warc" / KEPT["file"]).write_bytes(b"1234567")
        assert any("is cut short; restore it" in sentence for sentence in check_after_death(shelf.archive))


@pytest.mark.parametrize("max_whole", SIZES)
def test_damaged_full_text_index_is_written_anew(tmp_path: Path, max_whole: int) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Panen bawang merah di Kopang.")  # its run never ends
        shelf.archive.write("DELETE FROM articles_fts_data WHERE id > 10")  # what is below are its counts
        said = check_after_death(shelf.archive, max_whole=max_whole)
        assert [sentence for sentence in said if "full-text index" in sentence]
        for exact in (True, False):
            assert [hit.title for hit in search(shelf.archive, Choice(words="bawang", exact=exact))] == ["Panen"]


@pytest.mark.parametrize("max_whole", SIZES)
def test_damaged_database_is_refused(tmp_path: Path, max_whole: int) -> None:
    path = tmp_path / "archive.db"
    with shelf_in(tmp_path) as shelf:
        for number in range(200):
            shelf.put(f"berita-{number}", f"Warga dusun {number} bergotong royong. " * 20)
        shelf.archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
        page = shelf.archive.count("SELECT rootpage FROM sqlite_master WHERE name = 'articles_by_digest'")
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_SIZE)
        file.write(b"\x77" * PAGE_SIZE)
    with closing(open_archive(path)) as archive:
        for _ in range(2):  # the run counts as dead once the archive is sound
            with pytest.raises(ArchiveError, match=r"damaged.*backup"):
                check_after_death(archive, max_whole=max_whole)


def test_of_a_large_archive_what_came_last_is_checked(tmp_path: Path) -> None:
    """The links since the last run that had ended, and no more: so that the time does not grow with the archive."""
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Panen bawang merah di Kopang.")
        end_run(shelf.archive, 1, "complete", NOW, counts={}, seeds=[])
        shelf.archive.write("UPDATE revisions_kept SET title = 'Lain'")  # found by verify
        shelf.begin_again()
        shelf.put("embung", "Embung di Praya mengering sejak pekan lalu.")
        shelf.put("pasar", "Pasar di Selong ramai menjelang hari raya.")
        [sentence, *_] = check_after_death(shelf.archive, max_whole=0)
        assert "the last 2 links of the chain" in sentence
        assert "kickcrawl verify checks the rest" in sentence
        assert check_after_death(shelf.archive, max_whole=0) == []


@pytest.mark.parametrize("table", ["revisions_kept", "articles"])
def test_what_a_dead_run_stored_and_was_changed_is_refused(tmp_path: Path, table: str) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Panen bawang merah di Kopang.")
        shelf.archive.write(f"UPDATE {table} SET title = 'Lain'")
        with pytest.raises(ArchiveError, match=r"is not as .*backup"):
            check_after_death(shelf.archive, max_whole=0)


def test_row_that_an_index_lacks_is_refused(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Panen bawang merah di Kopang.")
        shelf.archive.write("PRAGMA writable_schema = ON")
        shelf.archive.write(
            "UPDATE sqlite_master SET sql = replace(sql, ' (digest)', ' (title)') WHERE name = :name",
            {"name": "articles_by_digest"},
        )
    with (
        closing(open_archive(tmp_path / "archive.db")) as archive,
        pytest.raises(ArchiveError, match="articles_by_digest"),
    ):
        check_after_death(archive, max_whole=0)


def test_what_a_clock_that_was_ahead_wrote_is_put_right(archive: Archive) -> None:
    start_run(archive, OUTLET, {}, AHEAD)
    frontier.name(archive, "warta", [candidate()], AHEAD)
    assert frontier.count_due(archive, "warta", NOW) == 0  # it would wait for thirty years
    assert forget_future(archive, "warta", NOW) == 1
    assert frontier.count_due(archive, "warta", NOW) == 1
    frontier.resolve(archive, URL, "done", to_iso(AHEAD))
    assert forget_future(archive, "warta", NOW) == 1
    assert recheck_unnamed(archive, "warta", "sitemap", to_iso(NOW)) == 1
    assert forget_future(archive, "warta", NOW) == 0


def test_seed_that_was_read_while_the_clock_was_ahead_has_told_what_it_told_before(archive: Archive) -> None:
    for at in (NOW - timedelta(days=1), AHEAD):
        run_id = start_run(archive, OUTLET, {}, at)
        seeds = [{"seed": "rest", "reach": "", "read_at": to_iso(at)}]
        end_run(archive, run_id, "complete", at, counts={}, seeds=seeds)
    start_run(archive, OUTLET, {}, NOW)
    forget_future(archive, "warta", NOW)
    assert [reach.until for reach in read_reaches(archive, "warta")] == [NOW - timedelta(days=1)]


def test_pauses_after_failures_are_kept(archive: Archive) -> None:
    start_run(archive, OUTLET, {}, NOW)
    frontier.name(archive, "warta", [candidate()], NOW)
    for _ in frontier.BACKOFF_HOURS:
        frontier.defer(archive, URL, "HTTP 500", NOW)
    assert forget_future(archive, "warta", NOW) == 0


def test_clock_that_is_behind_puts_nothing_right(archive: Archive) -> None:
    start_run(archive, OUTLET, {}, NOW)
    frontier.name(archive, "warta", [candidate()], NOW)
    assert forget_future(archive, "warta", RELEASED - timedelta(days=400)) == 0
