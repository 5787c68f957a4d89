"""`kickcrawl fleet serve` where fsspec is not installed; tests/spiders/fleet has the rest."""

import os
import subprocess
import sys

from kickcrawl import CHECKOUT


def test_without_fsspec_it_is_said_what_installs_it() -> None:
    script = "import sys; sys.modules['fsspec'] = None; from spiders.cli import main; main(['fleet', 'serve'])"
    environment = os.environ | {"KICKCRAWL_FLEET_STARTED": "1"}  # as if its own environment lacked it, too
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    said = "kickcrawl: `kickcrawl fleet serve` needs fsspec; `make fleet` installs it, for Python 3.11 to 3.13\n"
    assert (done.returncode, done.stderr) == (2, said)
