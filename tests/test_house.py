"""The house itself: imports run downward, rooms are small and say what they are for, their examples are true."""

import ast
import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import archive
import kickcrawl
import pipelines
import spiders
from kickcrawl import CHECKOUT

PACKAGES = [kickcrawl, archive, spiders, pipelines]
LONGEST = 300  # lines of a file: at about so many, ask what wants to leave
FILES = [path for package in PACKAGES for path in sorted(Path(package.__path__[0]).rglob("*.py"))]
MODULES = [
    module.name
    for package in (kickcrawl, archive)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


def test_imports_run_downward_only() -> None:
    script = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
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
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == str(CHECKOUT / name / "__init__.py"), done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(source)), "has no module docstring"


@pytest.mark.parametrize("name", ["kickcrawl", *MODULES])
def test_examples_in_docstrings_are_true(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples_in_docstrings() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 5
