"""Outside readers, which `make replay` installs beside the rest: run a script with them and get the JSON it prints."""

import json
import subprocess
from typing import Any

import pytest

from kickcrawl import CHECKOUT

PYTHON = CHECKOUT / ".venv" / "replay" / "bin" / "python"
needs_readers = pytest.mark.skipif(not PYTHON.exists(), reason="outside readers are missing: make replay")


def read_with(script: str, *arguments: str, stdin: str = "") -> Any:
    """Return the JSON that a Python script of the outside readers' environment prints."""
    done = subprocess.run(
        [PYTHON, "-c", script, *arguments], input=stdin, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
