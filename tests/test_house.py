"""The house itself: imports run downward, rooms are small and say what they are for, their examples are true."""

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
import kickcrawl
import pipelines
import spiders
from archive.site.app import PLUGINS
from kickcrawl import CHECKOUT

PACKAGES = [kickcrawl, archive, spiders, pipelines]
MAX_LINES = 300  # of a file: at about so many, ask what wants to leave
FILES = [path for package in PACKAGES for path in sorted(Path(package.__path__[0]).rglob("*.py"))]
MODULES = [
    module.name
    for package in (kickcrawl, archive)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


def test_imports_run_downward_only() -> None:
    script = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken." in done.stdout


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_packages_are_those_of_the_checkout(package: object) -> None:
    assert Path(package.__file__).parent.parent == CHECKOUT  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["archive", "spiders", "pipelines"])
def test_packages_of_the_same_name_from_elsewhere_do_not_shadow_the_checkouts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("raise RuntimeError('a package of another project')")
    script = f"import kickcrawl, {name}; print({name}.__file__)"
    path = os.pathsep.join((str(tmp_path), str(CHECKOUT)))
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == str(CHECKOUT / name / "__init__.py"), done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_LINES
    assert ast.get_docstring(ast.parse(source)), "has no module docstring"


def test_no_file_holds_both_sides_of_a_merge() -> None:
    command = ["git", "grep", "--untracked", "-nE", "^(<{7}|={7}|>{7})( |$)", "--", ":!*.txt"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("name", ["kickcrawl", *MODULES])
def test_examples_in_docstrings_are_true(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples_in_docstrings() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 5


DOTTED = re.compile(r"(?:kickcrawl|archive|spiders|pipelines|tests)(?:\.[A-Za-z_]\w*)+")
IMPORT = re.compile(r"^\s*(?:from \S+ )?import .+$", re.MULTILINE)
# archive.db is a file; the others name the site's log, and the platform of a recipe's test.
NO_MODULES = re.compile(r".+\.(?:db|lock|toml)|kickcrawl\.(?:serve|platforms\.ghost)")


def strings() -> Iterator[tuple[Path, str]]:
    """Yield every string of the project's code and tests that is no docstring's sentence: names and scripts."""
    for file in [*FILES, *sorted((CHECKOUT / "tests").rglob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield file, node.value


def exists(name: str) -> bool:
    """Say whether *name* is a module, or something that stands in one."""
    module, _, rest = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name in ("fsspec", "moto", "ray"):  # it is there, and runs in the environment of `make fleet` only
            return True
        return bool(module) and exists(module) and hasattr(sys.modules.get(module), rest)
    return True


def test_dotted_names_in_strings_can_be_loaded() -> None:
    quoted = {name for _, text in strings() for name in re.findall(r'"([\w.]+)"', text)}  # settings given as JSON
    named = {text for _, text in strings()} | quoted
    names = {text for text in named if DOTTED.fullmatch(text) and not NO_MODULES.fullmatch(text)} - PLUGINS.keys()
    assert {name for name in names if not exists(name)} == set()
    assert {"spiders.network.guard.GuardedHandler", "pipelines.store.StorePipeline", "kickcrawl.settings"} <= names


def test_imports_in_scripts_can_be_loaded() -> None:
    imports = [
        line for _, text in strings() for line in IMPORT.findall(text) if DOTTED.search(line) and "{" not in line
    ]
    missing = []
    for line in imports:
        for node in ast.walk(ast.parse(line.strip())):
            if isinstance(node, ast.Import):
                missing += [one.name for one in node.names if DOTTED.match(one.name) and not exists(one.name)]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = (f"{node.module}.{one.name}" for one in node.names)
                missing += [name for name in names if DOTTED.match(name) and not exists(name)]
    assert missing == []
    assert imports
