"""The WARC files: whole records only, in the order of their writing, whatever tears at them."""

import gzip
import re
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.warc import records as warc
from archive.warc.files import Damage, Location, cut_torn_tail, files_of, members, read_record
from archive.warc.records import DamagedRecord, Original, decode
from archive.warc.writer import WarcWriter
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest
from tests.support.exchanges import AT, INFO, exchange


def written(folder: Path, count: int = 3) -> tuple[Path, list[Location]]:
    """Write *count* exchanges into one file; return it and where they stand."""
    with closing(WarcWriter(folder, "warta", INFO)) as writer:
        places = [writer.append(exchange(number)) for number in range(count)]
    [path] = files_of(folder)
    return path, places


def kinds(path: Path) -> list[str]:
    return [
        f"damage at {found.offset}" if isinstance(found, Damage) else decode(found[1]).kind for found in members(path)
    ]


def test_exchange_is_read_back_from_where_it_stands(tmp_path: Path) -> None:
    with closing(WarcWriter(tmp_path / "warc", "warta", INFO)) as writer:
        kept = [exchange(number) for number in range(3)]
        places = [writer.append(one) for one in kept]
        again = writer.append(kept[0], Original(kept[0].url, AT))
    for one, place in zip(kept, places, strict=True):
        record = read_record(tmp_path / "warc", place)
        assert (record.url, record.payload) == (one.url, one.body)
        data = (tmp_path / "warc" / place.file).read_bytes()[place.offset :][: place.length]
        assert place.digest == bytes_digest(data)
    assert read_record(tmp_path / "warc", again).kind == "revisit"


def test_file_begins_with_who_writes_it_and_requests_follow_their_answers(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    assert kinds(path) == ["warcinfo"] + ["response", "request"] * 3
    records = [decode(found[1]) for found in members(path) if not isinstance(found, Damage)]
    assert records[0].fields["WARC-Filename"] == path.name
    assert {record.fields.get("WARC-Warcinfo-ID") for record in records if record.kind == "response"} == {
        records[0].fields["WARC-Record-ID"]
    }


def test_later_run_goes_on_in_the_same_file_and_says_so(tmp_path: Path) -> None:
    written(tmp_path, 1)
    path, _ = written(tmp_path, 1)
    assert kinds(path) == ["warcinfo", "response", "request"] * 2


def test_file_that_is_full_is_followed_by_the_next(tmp_path: Path) -> None:
    with closing(WarcWriter(tmp_path, "warta", INFO, rotate_at=1500)) as writer:
        places = [writer.append(exchange(number, 500)) for number in range(30)]
    files = files_of(tmp_path)
    assert len(files) > 10
    assert [path.name for path in files] == list(dict.fromkeys(place.file for place in places))
    for path in files:
        assert kinds(path)[0] == "warcinfo"
        assert path.stat().st_size < 1500 + 1500


def test_each_outlet_has_files_of_its_own(tmp_path: Path) -> None:
    for prefix in ("warta", "warta-ntb"):
        WarcWriter(tmp_path, prefix, INFO).close()
    assert [path.name.rsplit("-", 1)[0] for path in files_of(tmp_path, "warta")] == ["warta"]
    assert len(files_of(tmp_path)) == 2


def test_file_torn_at_any_byte_of_the_last_record_is_cut_back_and_the_rest_kept(tmp_path: Path) -> None:
    path, places = written(tmp_path)
    whole = path.read_bytes()
    last = places[-1].offset + places[-1].length  # where the last request begins
    for end in range(places[-1].offset, len(whole) + 1):
        path.write_bytes(whole[:end])
        kept = cut_torn_tail(path)
        whole_to = max(start for start in (places[-1].offset, last, len(whole)) if start <= end)
        assert path.read_bytes() == whole[:whole_to]
        assert (kept.read_bytes() if kept else b"") == whole[whole_to:end]
        if kept:
            kept.unlink()


def test_tail_is_cut_behind_what_is_known_to_be_whole(tmp_path: Path) -> None:
    path, places = written(tmp_path)
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 sobek")
    kept = cut_torn_tail(path, places[-1].offset + places[-1].length)
    assert kept is not None
    assert kept.read_bytes() == b"\x1f\x8b\x08 sobek"
    assert cut_torn_tail(path) is None


def test_second_torn_tail_at_the_same_place_does_not_replace_the_first(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    kept = []
    for torn in (b"sobek satu", b"sobek dua"):
        with path.open("ab") as file:
            file.write(torn)
        kept.append(cut_torn_tail(path))
    assert [file and file.read_bytes() for file in kept] == [b"sobek satu", b"sobek dua"]


def test_damage_in_the_middle_is_stepped_over_and_named(tmp_path: Path) -> None:
    path, places = written(tmp_path)
    data = bytearray(path.read_bytes())
    data[places[1].offset + 30] ^= 0xFF
    path.write_bytes(data)
    assert kinds(path) == [
        "warcinfo", "response", "request", f"damage at {places[1].offset}", "request", "response", "request",
    ]  # fmt: skip
    [damage] = [found for found in members(path) if isinstance(found, Damage)]
    assert (damage.offset, damage.length) == (places[1].offset, places[1].length)
    assert damage.why
    assert cut_torn_tail(path) is None
    assert path.read_bytes() == data
    with pytest.raises(ArchiveError, match=rf"{re.escape(path.name)}.*byte {places[1].offset} is damaged"):
        read_record(tmp_path, places[1])
    assert read_record(tmp_path, places[2]).url == "https://warta.example/2"


@pytest.mark.parametrize("junk", [b"", b"bukan gzip" * 100, b"\0" * 5000, b"\x1f\x8b\x08" * 50], ids=len)
def test_file_of_nothing_but_junk_has_no_record(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "warta-20250714T010000Z.warc.gz"
    path.write_bytes(junk)
    assert sum(found.length for found in members(path) if isinstance(found, Damage)) == len(junk)
    assert not [found for found in members(path) if not isinstance(found, Damage)]


def test_member_that_unpacks_without_end_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD", 10_000)
    path, _ = written(tmp_path)
    packed = gzip.compress(b"\0" * 1_000_000)
    with path.open("ab") as file:
        file.write(packed)
    assert [found.why for found in members(path) if isinstance(found, Damage)][0].endswith("more than 10000 bytes")


def test_record_of_a_file_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    _, [place, *_] = written(tmp_path)
    with pytest.raises(ArchiveError, match=r"hilang.warc.gz.*No such file"):
        read_record(tmp_path, replace(place, file="hilang.warc.gz"))
    with pytest.raises(ArchiveError, match="is damaged"):
        read_record(tmp_path, replace(place, offset=10_000_000))


def test_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("bukan folder")
    with pytest.raises(ArchiveError, match="cannot be read or written"):
        WarcWriter(tmp_path / "warc", "warta", INFO)


# Writes exchanges until the disk, here a limit on the size of a file, is full; then says how far it came.
FILLS = """
import sys, pathlib
from archive.warc.writer import WarcWriter
from kickcrawl.errors import ArchiveError
from tests.support.exchanges import INFO, exchange
writer = WarcWriter(pathlib.Path(sys.argv[1]), "warta", INFO)
for number in range(100):
    try:
        place = writer.append(exchange(number, 3000))
    except ArchiveError as error:
        print(number, error)
        break
try:
    writer.append(exchange(100, 20_000))
except ArchiveError:
    print("still full")
writer.append(exchange(101, 10))
writer.close()
"""


def test_disk_that_is_full_leaves_whole_records_and_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 20; exec "$@"', "-", sys.executable, "-c", FILLS, tmp_path],  # 20 KiB a file
        cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    number, sentence = first.split(maxsplit=1)
    assert "cannot be read or written: File too large; mend that and run again" in sentence
    assert second == "still full"
    [path] = files_of(tmp_path)
    assert kinds(path) == ["warcinfo"] + ["response", "request"] * (int(number) + 1)
    assert cut_torn_tail(path) is None


def test_whole_record_with_a_wrong_length_is_refused(tmp_path: Path) -> None:
    path, [place, *_] = written(tmp_path, 1)
    data = path.read_bytes()[place.offset :][: place.length]
    with pytest.raises(DamagedRecord):
        decode(gzip.compress(gzip.decompress(data)[:-30]))


def test_file_is_the_last_one_by_its_name_even_after_a_clock_that_was_ahead(tmp_path: Path) -> None:
    ahead = tmp_path / "warta-20560101T000000Z.warc.gz"
    ahead.write_bytes(b"x" * 100)
    with closing(WarcWriter(tmp_path, "warta", INFO, rotate_at=100)) as writer:
        places = [writer.append(exchange(number)) for number in range(2)]
    assert [path.name for path in files_of(tmp_path, "warta")][-2:] == [place.file for place in places]
