"""Fetch the npm packages that pyproject.toml pins into a folder, without what they depend on: they are bundles.

    python -m tests.support.npm_packages .venv/replay/npm          # done by `make replay`

Without npm nothing is fetched, and a sentence says what to install; as root on Debian it is installed.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
NPM = CHECKOUT / ".venv" / "replay" / "npm"
AXE = NPM / "axe-core" / "axe.min.js"
REPLAYWEB = NPM / "replaywebpage"  # with ui.js and sw.js


def fetch(folder: Path) -> str:
    """Unpack each pinned package into *folder*/NAME and return what was done, a sentence. Raises ValueError."""
    packages = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["kickcrawl"]["npm"]
    wanted = {name: told for name, told in packages.items() if _version(folder / name) != told["version"]}
    npm = _find_npm() if wanted else None
    if wanted and npm is None:
        return f"npm is missing, so that {', '.join(wanted)} cannot be had: sudo apt-get install npm, then again"
    for name, pinned in wanted.items():
        assert npm is not None
        _unpack(npm, f"{name}@{pinned['version']}", pinned["integrity"], folder / name)
    return f"{', '.join(packages)} are in {folder}"


def _find_npm() -> str | None:
    found = shutil.which("npm")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=600)
        subprocess.run(["apt-get", "install", "-qq", "--no-install-recommends", "npm"], check=False, timeout=600)
        found = shutil.which("npm")
    return found


def _version(unpacked: Path) -> str | None:
    about = unpacked / "package.json"
    return json.loads(about.read_text())["version"] if about.is_file() else None


def _unpack(npm: str, package: str, integrity: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", package, "--ignore-scripts", "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, timeout=600, stdout=subprocess.DEVNULL, cwd=folder)
        [packed] = Path(folder).glob("*.tgz")
        digest = "sha512-" + base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
        if digest != integrity:
            raise ValueError(f"{package} is not what was pinned: {digest}")
        with tarfile.open(packed) as tar:
            tar.extractall(folder, filter="data")
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(folder) / "package", target)


if __name__ == "__main__":
    try:
        print(fetch(Path(sys.argv[1])))
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        print(f"the npm packages could not be had ({error}); what needs them is skipped", file=sys.stderr)
