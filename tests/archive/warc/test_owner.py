"""A folder of WARC files belongs to one archive, wherever the two are moved together."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.warc.owner import claim_folder, refuse_others, warc_folder
from kickcrawl.errors import ArchiveError


def place(folder: Path, name: str = "archive.db") -> tuple[Path, Path]:
    """Make an archive's file and return its folder of WARC files, which is not there yet, and the file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"")
    return folder / "warc", folder / name


def claims(folder: Path, archive: Path) -> bool:
    try:
        claim_folder(folder, archive)
    except ArchiveError:
        return False
    return True


def test_second_archive_of_a_folder_is_refused_with_both_names(tmp_path: Path) -> None:
    warc, first = place(tmp_path)
    _, second = place(tmp_path, "lain.db")
    claim_folder(warc, first)
    claim_folder(warc, first)
    with pytest.raises(ArchiveError, match=f"lain.db: .*belong to another archive, {first}; put this one into"):
        claim_folder(warc, second)
    with pytest.raises(ArchiveError):
        refuse_others(warc, tmp_path / "baru.db")  # not there yet, and none of its files may be put there
    claim_folder(warc, first)


def test_second_archive_without_captures_gets_a_folder_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    warc, first = place(tmp_path)
    _, second = place(tmp_path, "lain.db")
    assert claim_folder(warc_folder(first), first, is_empty=True) == warc
    assert claim_folder(warc_folder(second), second, is_empty=True) == tmp_path / "lain.warc"
    assert (warc_folder(first), warc_folder(second)) == (warc, tmp_path / "lain.warc")
    assert claim_folder(warc_folder(second), second) == tmp_path / "lain.warc"
    _, alike = place(tmp_path, "lain.sqlite")
    with pytest.raises(ArchiveError, match="put this one into a folder of its own"):
        claim_folder(warc_folder(alike), alike, is_empty=True)


def test_of_many_that_ask_at_once_one_gets_it(tmp_path: Path) -> None:
    archives = [place(tmp_path, f"{number}.db")[1] for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda archive: claims(tmp_path / "warc", archive), archives)) == 1


def test_archive_that_was_copied_moved_or_renamed_with_its_folder_keeps_it(tmp_path: Path) -> None:
    warc, archive = place(tmp_path / "data")
    claim_folder(warc, archive)
    copy = shutil.copytree(tmp_path / "data", tmp_path / "salinan")
    assert claims(copy / "warc", copy / "archive.db")
    moved = (tmp_path / "data").rename(tmp_path / "pindah")
    assert claims(moved / "warc", moved / "archive.db")
    renamed = (moved / "archive.db").rename(moved / "arsip.db")
    assert claims(moved / "warc", renamed)
    backup, _ = (shutil.copy(renamed, moved / "cadangan.db"), renamed.unlink())  # put back under another name
    assert claims(moved / "warc", backup)


def test_archive_elsewhere_is_refused_a_folder_that_it_reaches_by_a_link(tmp_path: Path) -> None:
    warc, archive = place(tmp_path / "data")
    warc.mkdir()
    claim_folder(warc, archive)
    link, other = place(tmp_path / "lain")
    link.symlink_to(warc)
    assert not claims(link, other)
    (tmp_path / "pintas.db").symlink_to(archive)
    assert claims(warc, tmp_path / "pintas.db")  # the same database by another name


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(ArchiveError, match="cannot be read or written"):
        claim_folder(tmp_path / "data" / "warc", tmp_path / "data" / "archive.db")
