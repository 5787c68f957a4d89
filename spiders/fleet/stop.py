"""A word in the place that ends rounds: no shard is begun any more by those that began before it was given."""

import json
import time

from spiders.fleet.place import Place

_FOLDER = "stops"  # a file each, since files in a place are never changed


def ask_to_stop(place: Place) -> None:
    """Have the rounds that go on now begin no shard any more."""
    now = time.time()
    place.create(f"{_FOLDER}/{int(now * 1000):015}.json", json.dumps({"at": now}).encode())


def is_stopped(place: Place, begun: float) -> bool:
    """Tell whether rounds that began at *begun* (UNIX time) were asked to stop."""
    names = place.names(_FOLDER)
    return bool(names) and int(names[-1].partition(".")[0]) > begun * 1000
