"""A copy of an archive that is left with some outlets answers as if it had never had the others."""

from contextlib import closing
from pathlib import Path

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.choose import count, timeline
from archive.query.hits import find
from archive.shards.narrowed import keep_only
from tests.support.storing import Shelf, shelf_in


def put(shelf: Shelf, outlet: str, number: int) -> None:
    shelf.put(f"{outlet}-{number}", f"Petani {outlet} memanen padi di dusun {number}.", outlet=outlet, tags=("Panen",))


def test_narrowed_archive_answers_like_one_that_never_had_the_others(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "one").mkdir()
    with shelf_in(tmp_path / "all") as everything, shelf_in(tmp_path / "one") as alone:
        for number in range(6):
            for outlet in ("warta-0", "warta-1", "warta-2"):
                put(everything, outlet, number)
            put(alone, "warta-1", number)
        narrowed, wanted = everything.archive.path, alone.archive.path
    keep_only(narrowed, ["warta-1"])
    with closing(open_archive(narrowed)) as one, closing(open_archive(wanted)) as other:
        choice = Choice(words="panen dusun")
        assert count(one, choice) == count(other, choice) == 6
        assert [hit.id for hit in find(one, choice).hits] == [hit.id for hit in find(other, choice).hits]
        assert timeline(one, Choice(), "outlet") == [("warta-1", 6)]
        for table in ("articles", "revisions", "runs", "captures", "article_urls", "articles_counts", "near_sketches"):
            assert one.count(f"SELECT count(*) FROM {table}") == other.count(f"SELECT count(*) FROM {table}"), table
        assert one.rows("PRAGMA foreign_key_check") == []
        one.write("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
