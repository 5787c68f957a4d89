"""Check that a release says what it is: ``make release``. Releases are tags; what they mean is in docs/decisions/0094.

faults() is pure; what it is told comes from the checkout's files and from git.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kickcrawl import CHECKOUT, __version__

UNRELEASED = "Unreleased"  # heading of what is not released yet
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.[1-9]\d*)?")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a checkout says of the release that it is: versions by the file that states them, headings newest first."""

    versions: dict[str, str]
    headings: tuple[str, ...]
    has_notes: bool  # something stands below the newest heading
    tags: Collection[str]
    changed: tuple[str, ...]  # files that are not committed


def day_of(version: str) -> date | None:
    """Return the day that *version* names, `2026.11.30` or `2026.11.30.1`; None if it is no version of ours."""
    match = _VERSION.fullmatch(version)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def faults(release: Release, today: date) -> list[str]:
    """Return a sentence for each thing that keeps *release* from being tagged on the day *today*."""
    found = []
    version = release.versions["kickcrawl/__init__.py"]
    if len(set(release.versions.values())) > 1:
        found.append(f"the version differs: {', '.join(f'{v} in {k}' for k, v in release.versions.items())}")
    if day_of(version) != today:
        found.append(f"the version is {version}; write today's day, {today:%Y}.{today.month}.{today.day}")
    if release.headings[:1] != (version,):
        newest = release.headings[0] if release.headings else "nothing"
        found.append(f"CHANGELOG.md begins with {newest!r}; write '## {version}' above what is new")
    elif not release.has_notes:
        found.append(f"CHANGELOG.md says nothing below {version}")
    if (tag := f"v{version}") in release.tags:
        found.append(f"{tag} is a tag already; a second release of a day is {version}.1")
    if release.changed:
        found.append(f"not committed: {', '.join(release.changed)}")
    return found


def read_release(checkout: Path) -> Release:
    """Return what *checkout* says of its release; without git's tags and changes where it is no repository."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    below = _HEADING.split(changelog)
    return Release(
        versions={"kickcrawl/__init__.py": __version__, "pyproject.toml": project["version"]},
        headings=tuple(_HEADING.findall(changelog)),
        has_notes=len(below) > 2 and bool(below[2].strip()),
        tags=frozenset(_git(checkout, "tag", "--list")),
        changed=tuple(line[3:] for line in _git(checkout, "status", "--porcelain")),
    )


def _git(checkout: Path, *arguments: str) -> list[str]:
    if not (checkout / ".git").exists():
        return []
    done = subprocess.run(["git", *arguments], cwd=checkout, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def main() -> int:
    """Print what keeps this checkout from being released, one sentence a line; return the exit status."""
    found = faults(read_release(CHECKOUT), datetime.now(UTC).date())
    for fault in found:
        print(f"release: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
