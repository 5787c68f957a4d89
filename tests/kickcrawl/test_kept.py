"""What takes long to make is made once: again for another source, for a torn file, and where nothing can be written."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kickcrawl.kept import kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps bytecode, and so all that is kept beside it."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    return tmp_path


def counting() -> tuple[Callable[[], str], list[str]]:
    """Return a function that makes another text each time, and the texts that it has made."""
    made: list[str] = []

    def make() -> str:
        made.append(f"the {len(made)}th\nof several, é")
        return made[-1]

    return make, made


def test_what_was_made_of_a_source_is_not_made_again(folder: Path) -> None:
    make, made = counting()
    assert [kept("one", "source", make) for _ in range(3)] == ["the 0th\nof several, é"] * 3
    assert len(made) == 1
    assert kept("other", "source", make) == made[1]
    assert [file.name for file in sorted(folder.rglob("*")) if file.is_file()] == ["one.kept", "other.kept"]


def test_another_source_is_another_text(folder: Path) -> None:
    make, made = counting()
    assert [kept("one", source, make) for source in ("a", "b", "b", "a")] == [made[0], made[1], made[1], made[2]]


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-3], lambda data: b"", lambda data: data + b"x", lambda _: b"\xff"]
)
def test_file_that_is_not_what_was_written_is_made_anew(folder: Path, harm: Callable[[bytes], bytes]) -> None:
    make, made = counting()
    kept("one", "source", make)
    (file,) = folder.rglob("one.kept")
    file.write_bytes(harm(file.read_bytes()))
    assert kept("one", "source", make) == made[1]
    assert kept("one", "source", make) == made[1]


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    make, made = counting()
    assert [kept("one", "source", make) for _ in range(2)] == made
    assert len(made) == 2
