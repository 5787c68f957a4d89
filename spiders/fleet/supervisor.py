"""Keep a round going: its process is started again when Ray's head was lost, until every shard has had its turn."""

import json
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

from kickcrawl.errors import KickcrawlError
from spiders.fleet.fleet import Fleet
from spiders.fleet.leash import die_with_parent
from spiders.fleet.overview import sums
from spiders.fleet.rounds import REFUSED, Round
from spiders.fleet.storage import Storage

STARTS = 10  # of one round's process
PAUSE = 5.0  # seconds between two


def run_rounds(round: Round, *, quiet: bool) -> dict[str, Any]:
    """Have the task of *round* done on every shard that is due, and return the sums; *quiet*: told on stderr only.

    Under "left" are the shards on which it was not done, with the reason. Raises KickcrawlError where Ray could
    not be had.
    """
    for start in range(1, STARTS + 1):
        left = _start(round, quiet)
        if left is not None:
            return {**sums(Fleet(Storage(round.url)).states(), round.begun), "left": left, "starts": start}
        print(f"kickcrawl: the round's process ended before it was done; started again ({start})", file=sys.stderr)
        time.sleep(PAUSE)
    raise KickcrawlError(
        f"Ray could not be had {STARTS} times at {round.address or 'this machine'}; see the lines above"
    )


def _start(round: Round, quiet: bool) -> dict[str, str] | None:
    """Run the round's process once; return the shards that it left, None where it did not come to its end.

    Raises KickcrawlError where it would end so again.
    """
    command = [sys.executable, "-m", f"{__package__}.rounds"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, preexec_fn=die_with_parent)
    assert process.stdin is not None
    assert process.stdout is not None, "both are pipes"
    process.stdin.write(json.dumps(asdict(round)))
    process.stdin.close()
    last = ""
    for line in process.stdout:
        if last:
            print(last, end="", file=sys.stderr if quiet else sys.stdout, flush=True)
        last = line
    if process.wait() == REFUSED:
        raise KickcrawlError("the round could not be ended; the line above says why")
    if process.returncode == 0:
        left: dict[str, str] = json.loads(last)
        return left
    print(last, end="", file=sys.stderr if quiet else sys.stdout, flush=True)
    return None
