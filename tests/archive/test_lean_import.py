"""A crawl that makes an archive leaves libraries for analysis alone, be they installed or not."""

import subprocess
import sys
from pathlib import Path

from archive.lean_import import without
from kickcrawl import CHECKOUT

SCRIPT = """
import sys
from pathlib import Path
from archive.database import open_archive
open_archive(Path("archive.db"), create=True).close()
assert "sqlite_utils" in sys.modules
assert not Path("imported").exists()
import pandas
"""


def test_archive_is_made_without_pandas_which_can_be_imported_afterwards(tmp_path: Path) -> None:
    for name in ("numpy", "pandas"):  # in place of those that may be installed
        (tmp_path / f"{name}.py").write_text('open("imported", "w").close()')
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env={"PYTHONPATH": f"{tmp_path}:{CHECKOUT}"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "imported").exists()


def test_what_is_loaded_already_stays() -> None:
    with without("json"):
        import json

    assert json is sys.modules["json"]
