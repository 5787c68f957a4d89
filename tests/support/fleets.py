"""What a fleet needs in tests: what needs fsspec is skipped with a sentence where `make fleet` was not given."""

from collections.abc import Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive.database import open_archive

needs_fsspec = pytest.mark.skipif(find_spec("fsspec") is None, reason="fsspec is not installed; run: make test-fleet")
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed; run: make test-fleet")


def give_back(url: str, name: str, archive: Path, work: Path) -> None:
    """Give an archive, with its WARC files, back to the shard of that name, as a worker does."""
    from archive.warc.owner import warc_folder
    from spiders.fleet.lease import HeldShard, take
    from spiders.fleet.log import ShardLog
    from spiders.fleet.storage import Storage
    from spiders.fleet.taken import TakenPart

    work.mkdir(exist_ok=True)
    storage = Storage(url)
    log = ShardLog(storage, name)
    held = take(log, "a test", work / "leash")
    assert isinstance(held, HeldShard)
    (part,) = held.state.parts
    turn = f"{held.state.number:08}-0"
    taken = TakenPart(storage=storage, part=part, folder=work / name, prefix=log.folder, turn=turn)
    taken.bring()
    taken.path.unlink(missing_ok=True)
    with closing(open_archive(archive)) as source:
        source.write("VACUUM INTO :path", {"path": str(taken.path)})
    for file in warc_folder(archive).glob("*.warc.gz"):
        warc_folder(taken.path).mkdir(exist_ok=True)
        warc_folder(taken.path).joinpath(file.name).write_bytes(file.read_bytes())
    held.give_back("given back", parts=(taken.give_back(),))


def fleet_of(url: str, outlets: Sequence[str], archives: Sequence[Path], work: Path) -> None:
    """Make a fleet with a shard for each archive, which workers have given back; *outlets* are dealt out by name."""
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import Storage

    Fleet(Storage(url)).make(dict.fromkeys(outlets), len(archives))
    for number, archive in enumerate(archives, 1):
        give_back(url, f"{number:04}", archive, work)
