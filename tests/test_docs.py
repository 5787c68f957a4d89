"""The docs: every path and link in them leads somewhere, and what is public in the code says what it is for."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT

DOCS = [
    CHECKOUT / "README.md",
    *sorted((CHECKOUT / "docs").rglob("*.md")),
    *sorted((CHECKOUT / "findings").glob("*.md")),
]
PACKAGES = ("kickcrawl", "archive", "spiders", "pipelines")
ROOTS = "kickcrawl|archive|spiders|pipelines|tests|docs|findings"
PATH = re.compile(rf"(?<![\w/.:-])(?:{ROOTS})/[\w./@<>-]*")  # where no longer path or address goes before it
TEST = re.compile(r"\btest_\w+\.py\b")  # named without its folder
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^\*Worked example\.\*.*?(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)  # the paragraph that begins one
LINK = re.compile(r"\]\(([^)\s]+)\)")
MIN_DOCUMENTED = 0.95  # share of public classes, functions and methods that have a docstring


def paths(text: str) -> set[str]:
    """Return the paths of the checkout that *text* names.

    Not those in which a part stands for any name, nor those of worked examples, which are to be made by the reader.
    """
    found = {path.rstrip(".") for path in PATH.findall(EXAMPLE.sub("", FENCED.sub("", text)))}
    return {path for path in found if "<" not in path}


def anchor(heading: str) -> str:
    """Return by which anchor GitHub finds *heading*."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(file: Path) -> set[str]:
    return {anchor(line.lstrip("#")) for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")}


@pytest.mark.parametrize("file", DOCS, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_paths_in_docs_exist(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert {path for path in paths(text) if not (CHECKOUT / path).exists()} == set()
    tests = {path.name for path in (CHECKOUT / "tests").rglob("test_*.py")}
    assert set(TEST.findall(text)) - tests == set()


@pytest.mark.parametrize("file", DOCS, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_links_in_docs_lead_somewhere(file: Path) -> None:
    broken = []
    for link in LINK.findall(file.read_text(encoding="utf-8")):
        path, _, name = link.partition("#")
        target = file.parent / path if path else file
        if not link.startswith(("http://", "https://")) and not (
            target.exists() and (not name or name in anchors(target))
        ):
            broken.append(link)
    assert broken == []


def test_paths_are_found_in_prose() -> None:
    text = (
        "See `archive/site/`, docs/schedule.md. Not data/archive/x, kickcrawl/outlets/<region>/x.toml, a.example/docs/x"
        "\n\n*Worked example.* The file is\n`kickcrawl/page/example.py`:\n\n```\narchive/example.py\n```\n"
    )
    assert paths(text) == {"archive/site/", "docs/schedule.md"}


def test_every_decision_stands_in_the_index() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    pages = {file.name for file in folder.glob("[0-9]*.md")}
    assert set(LINK.findall((folder / "README.md").read_text(encoding="utf-8"))) & pages == pages
    numbers = sorted(name[:4] for name in pages)
    assert numbers == [f"{number:04}" for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize(
    "file", sorted((CHECKOUT / "docs" / "decisions").glob("[0-9]*.md")), ids=lambda file: file.name
)
def test_decision_has_question_choice_date_and_status(file: Path) -> None:
    title, _, facts, *_ = file.read_text(encoding="utf-8").splitlines()
    assert title.startswith(f"# {file.name[:4]}. ")
    assert re.match(r"2026-\d\d-\d\d.* · (holds|replaced by)", facts)
    text = file.read_text(encoding="utf-8")
    assert "**Question.** " in text
    assert "**Choice.**" in text


def public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the public classes and functions of a module, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (item for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)))
                yield from (method for method in methods if not method.name.startswith("_"))


def test_what_is_public_is_documented() -> None:
    documented, missing = 0, []
    for package in PACKAGES:
        for file in sorted((CHECKOUT / package).rglob("*.py")):
            for node in public(ast.parse(file.read_text(encoding="utf-8"))):
                if ast.get_docstring(node):
                    documented += 1
                else:
                    missing.append(f"{file.relative_to(CHECKOUT)}:{node.lineno} {node.name}")
    share = documented / (documented + len(missing))
    assert share >= MIN_DOCUMENTED, f"{share:.3f}; without a docstring:\n" + "\n".join(missing)


def test_every_finding_stands_in_the_index_and_can_be_run() -> None:
    scripts = sorted((CHECKOUT / "findings").glob("*.sh"))
    index = (CHECKOUT / "findings" / "README.md").read_text(encoding="utf-8")
    assert [f"({script.name})" for script in scripts if f"({script.name})" not in index] == []
    for script in scripts:
        done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert "kickcrawl" not in script.read_text(encoding="utf-8")
    assert scripts
