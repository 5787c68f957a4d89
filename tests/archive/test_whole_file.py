"""A file that is written whole or not at all, also where two commands write to one name."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.whole_file import whole, whole_folder
from kickcrawl import CHECKOUT

OTHER = """
import sys
from pathlib import Path
from archive.whole_file import whole
with whole(Path(sys.argv[1])) as part:
    part.write_text("kedua")
"""


def test_two_that_write_to_one_name_do_not_spoil_each_other(tmp_path: Path) -> None:
    output = tmp_path / "berita.csv"
    with whole(output) as part:
        part.write_text("pertama, se")
        subprocess.run([sys.executable, "-c", OTHER, output], check=True, cwd=CHECKOUT)
        assert output.read_text() == "kedua"
        with part.open("a") as file:
            file.write("lesai")
    assert output.read_text() == "pertama, selesai"
    assert [path.name for path in tmp_path.iterdir()] == ["berita.csv"]


def fail_in(folder: Path) -> None:
    with whole(folder / "berita.csv") as part:
        part.write_text("baru")
        raise ZeroDivisionError


def fail_in_folder(folder: Path) -> None:
    with whole_folder(folder / "kumpulan") as part:
        (part / "berita.csv").write_text("baru")
        raise ZeroDivisionError


@pytest.mark.parametrize("fail", [fail_in, fail_in_folder])
def test_what_fails_leaves_nothing(tmp_path: Path, fail: Callable[[Path], None]) -> None:
    (tmp_path / "berita.csv").write_text("lama")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("berita.csv", "lama")]
