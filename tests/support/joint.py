"""Serve several archives as one, in a process of its own: python -m tests.support.joint BASE TABLES JSON.

The shards are given as JSON, [{name, path, problem, note, records}]; *records* is a folder that WARC files are brought
from when they are asked for.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from archive.commands.serve import answer_at, listen
from archive.joint.app import joint_site
from archive.joint.joint import Joint
from archive.shards.reached import Shard
from archive.warc.files import border
from tests.support.serving import Site, started


@contextmanager
def serving_joint(tables: Path, shards: Sequence[dict[str, Any]], base: str = "/") -> Iterator[Site]:
    """Give the site of several archives on a free port; *tables* is the folder of their tables for SQL."""
    told = json.dumps(shards, default=str)
    with started([sys.executable, "-m", "tests.support.joint", base, str(tables), told]) as site:
        yield site


def bring_from(folder: Path, path: Path) -> None:
    with border(path):
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / path.name, path)


def shard_of(told: dict[str, Any]) -> Shard:
    path, records = told.get("path"), told.pop("records", None)
    bring = partial(bring_from, Path(records)) if records else None
    return Shard(**{**told, "path": Path(path) if path else None, "bring": bring})


if __name__ == "__main__":
    joint = Joint([shard_of(told) for told in json.loads(sys.argv[3])], Path(sys.argv[2]))
    answer_at(listen("127.0.0.1", 0), joint_site(joint, sys.argv[1]), "What was made of several", 1 << 30)
