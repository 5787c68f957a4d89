"""The full-text index in the tools that people have: plain Datasette and sqlite-utils, on an archive as it is."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.query.choice import Choice
from archive.query.choose import count
from tests.support.storing import Shelf, id_of, shelf_in

_BIN = Path(sys.executable).parent


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("curanmor", "Polisi menangkap dua pelaku pencurian sepeda motor di Praya.", title="Curanmor")
        shelf.put("sidang", "Penangkapan kepala desa dinilai sah oleh hakim.", title="Sidang")
        shelf.put("padi", "Petani memanen padi di Sukarara.", title="Panen padi")
        yield shelf


def told(tool: str, *arguments: str) -> str:
    """Return what a tool prints; it must end well."""
    done = subprocess.run([_BIN / tool, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def datasette(shelf: Shelf, address: str) -> str:
    return told("datasette", str(shelf.archive.path), "--get", f"/archive/articles{address}")


def test_sqlite_utils_searches_and_rebuilds_the_index(shelf: Shelf) -> None:
    path = str(shelf.archive.path)
    command = ("search", path, "articles", "menangkap", "-c", "id")
    assert json.loads(told("sqlite-utils", *command)) == [{"id": id_of("curanmor")}]
    assert count(shelf.archive, Choice(words="tertangkap")) == 2
    told("sqlite-utils", "rebuild-fts", path)
    told("sqlite-utils", "rebuild-fts", path, "articles")
    assert json.loads(told("sqlite-utils", *command)) == [{"id": id_of("curanmor")}]
    assert count(shelf.archive, Choice(words="tertangkap")) == 2


def test_article_that_another_tool_writes_is_found_in_all_forms(shelf: Shelf) -> None:
    command = (
        "query",
        str(shelf.archive.path),
        "UPDATE articles SET text = 'Dua orang ditangkap.' WHERE title = 'Panen padi'",
    )
    told("sqlite-utils", *command)
    assert count(shelf.archive, Choice(words="menangkap")) == 3
    assert count(shelf.archive, Choice(words="memanen")) == 1  # by its title
    assert count(shelf.archive, Choice(words="petani")) == 0


def test_plain_datasette_finds_the_right_rows_in_page_json_and_csv(shelf: Shelf) -> None:
    titles = json.loads(datasette(shelf, ".json?_search=padi&_col=title&_shape=array"))
    assert [row["title"] for row in titles] == ["Panen padi"]
    assert datasette(shelf, ".csv?_search=penangkapan&_col=title").split("\n")[1].split(",")[1].strip() == "Sidang"
    page = datasette(shelf, "?_search=padi")
    assert "Panen padi" in page
    assert "Curanmor" not in page
