"""`datasette archive.db`, without kickcrawl: it opens, and its own search finds the articles."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.choose import count
from tests.support.serving import fill

DATASETTE = Path(sys.executable).parent / "datasette"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("plain"))


def get(archive: Path, path: str) -> str:
    """Return Datasette's answer, without a server."""
    done = subprocess.run(
        [DATASETTE, archive, "--get", path], cwd=archive.parent, capture_output=True, text=True, check=True, timeout=300
    )
    return done.stdout


@pytest.mark.parametrize("word", ["bawang", "Panen", "bergotong", "tidakada"])
def test_its_search_finds_the_words_as_they_are_written(archive: Path, word: str) -> None:
    opened = open_archive(archive, read_only=True)
    expected = count(opened, Choice(words=word, exact=True))
    opened.close()
    found = json.loads(get(archive, f"/archive/articles.json?_search={word}&_size=0"))
    rows = csv.DictReader(io.StringIO(get(archive, f"/archive/articles.csv?_search={word}&_stream=1")))
    assert (found["filtered_table_rows_count"], len(list(rows))) == (expected, expected)


def test_its_pages_show_the_articles(archive: Path) -> None:
    assert "Panen bawang merah naik lagi" in get(archive, "/archive/articles?_search=bawang")
    assert 'name="_search"' in get(archive, "/archive/articles")


def test_it_shows_revisions_with_their_texts(archive: Path) -> None:
    rows = json.loads(get(archive, "/archive/revisions.json?_shape=array&_size=max"))
    kept = json.loads(get(archive, "/archive/revisions_kept.json?_shape=array&_size=max"))
    assert len(rows) == len(kept) == 65
    assert all(row["text"] for row in rows)
    assert [row["number"] for row in kept if row["text"] is not None] == [1]  # of the one that was edited
