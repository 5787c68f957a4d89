"""Export formats: the ending of the file's name tells which one, and the older options write the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.export.formats import FORMATS, format_of
from kickcrawl.errors import UsageError
from spiders.cli import main
from tests.support.storing import Shelf, shelf_in


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("laut", "Nelayan tidak melaut.")
        shelf.put("cabai", "Harga cabai turun.", outlet="kabar")
        yield shelf


def export(shelf: Shelf, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments), "--archive", str(shelf.archive.path)])


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("berita.jsonl", ".jsonl"),
        ("BERITA.JSONL", ".jsonl"),
        ("berita.2025.warc.gz", ".warc.gz"),
        ("berita.wacz", ".wacz"),
    ],
)
def test_ending_tells_the_format(name: str, ending: str) -> None:
    assert format_of(Path(name)).ending == ending


def test_each_format_is_found_by_its_own_ending() -> None:
    assert [format_of(Path(f"berita{one.ending}")) for one in FORMATS] == [*FORMATS]


@pytest.mark.parametrize("name", ["berita", "berita.gz", "berita.warc", "jsonl"])
def test_unknown_ending_is_told_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        format_of(Path(name))
    assert str(caught.value).endswith(f"there are: {', '.join(one.ending for one in FORMATS)}")


def test_file_that_to_names_holds_what_the_older_option_writes(shelf: Shelf, tmp_path: Path) -> None:
    done = export(shelf, "--to", tmp_path / "baru.jsonl", "--outlet", "kabar")
    export(shelf, "--jsonl", tmp_path / "lama", "--outlet", "kabar")
    assert done.output == f"1 articles written to {tmp_path / 'baru.jsonl'}\n"
    assert (tmp_path / "baru.jsonl").read_bytes() == (tmp_path / "lama").read_bytes() != b""


def test_without_a_file_the_lines_go_to_standard_output(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf, "--to", tmp_path / "semua.jsonl")
    assert export(shelf).output == (tmp_path / "semua.jsonl").read_text()


def test_two_files_at_a_time_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    done = export(shelf, "--to", tmp_path / "a.jsonl", "--jsonl", tmp_path / "b.jsonl")
    assert isinstance(done.exception, UsageError) or "one at a time" in done.output
    assert not [*tmp_path.glob("*.jsonl")]
