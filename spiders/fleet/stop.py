"""A word in the storage that ends rounds: no shard is begun any more by those that began before it was given."""

import json
import time

from spiders.fleet.storage import Storage

_FOLDER = "stops"  # a file each, since files in a storage are never changed


def ask_to_stop(storage: Storage) -> None:
    """Have the rounds that go on now begin no shard any more."""
    now = time.time()
    storage.create(f"{_FOLDER}/{int(now * 1000):015}.json", json.dumps({"at": now}).encode())


def is_stopped(storage: Storage, begun: float) -> bool:
    """Tell whether rounds that began at *begun* (UNIX time) were asked to stop."""
    names = storage.names(_FOLDER)
    return bool(names) and int(names[-1].partition(".")[0]) > begun * 1000
