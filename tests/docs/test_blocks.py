"""Every code block of README and docs is run on the demo's archive, in its order on the page, or is told not to be."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kickcrawl import CHECKOUT
from tests.docs.blocks import Block, blocks
from tests.docs.notebook import NOTEBOOK, write
from tests.docs.plan import PICTURES, script_of, statements
from tests.docs.stage import Stage, make_demo, make_stage
from tests.support.optional import needs_analysis
from tests.support.storing import shelf_in

ARCHIVE = "export KICKCRAWL_ARCHIVE=data/demo/archive.db"  # as the tutorial says once
TUTORIAL = CHECKOUT / "docs" / "tutorial.md"
CONTRIBUTING = CHECKOUT / "docs" / "CONTRIBUTING.md"
PAGES = [
    CHECKOUT / "README.md",
    *sorted((CHECKOUT / "docs").rglob("*.md")),
    *sorted((CHECKOUT / "findings").glob("*.md")),
]
BLOCKS = [block for page in PAGES for block in blocks(page)]
SHELL = [
    block for block in BLOCKS
    if block.language in ("", "sh") and block.file != TUTORIAL and not block.code.startswith(("[[", *PICTURES))
]  # fmt: skip

PYTHON = [block for block in BLOCKS if block.language == "python" and block.file not in (TUTORIAL, CONTRIBUTING)]


def name_of(block: Block) -> str:
    return f"{block.file.relative_to(CHECKOUT)}:{block.line}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def stage(tmp_path: Path, demo: Path) -> Stage:
    return make_stage(tmp_path / "stage", demo)


@pytest.mark.slow
@pytest.mark.crawl
@pytest.mark.parametrize("block", SHELL, ids=name_of)
def test_commands_of_a_block_do_what_they_say(stage: Stage, block: Block) -> None:
    script, reasons = script_of(block.code, stage.names)
    if re.search(r"^sqlite3 ", script, re.MULTILINE) and shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed")
    done = stage.run(script)
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    if not script.strip():
        pytest.skip("; ".join(dict.fromkeys(reasons)))


def test_lines_that_are_not_run_are_these_and_no_others() -> None:
    reasons = Counter(why.partition(";")[0] for block in SHELL for why in script_of(block.code, {})[1])
    reasons.pop("needs the group analysis", None)
    assert reasons == {
        "needs the network": 11, "serves until it is stopped": 3, "needs root": 14, "a crontab": 8,
        "needs the rigs, and up to hours": 6, "needs podman": 5, "needs Ray": 5,
    }  # fmt: skip


def test_every_block_is_of_a_kind_that_is_run() -> None:
    kinds = Counter(block.language for block in BLOCKS)
    assert kinds.keys() == {"", "sh", "python", "sql", "toml", "r"}
    assert sum(block.code.startswith(PICTURES) for block in BLOCKS) == len(PICTURES)


@pytest.mark.crawl
@pytest.mark.parametrize("block", PYTHON, ids=name_of)
def test_python_of_a_block_runs(stage: Stage, block: Block) -> None:
    (stage.folder / "block.py").write_text(block.code, encoding="utf-8")
    done = stage.run(".venv/bin/python block.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.slow
@pytest.mark.crawl
@needs_analysis
@pytest.mark.filterwarnings("default")  # of other people's packages
def test_tutorial_runs_from_top_to_bottom(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stage.folder)
    spoken: dict[str, Any] = {}
    counted: Counter[str] = Counter()
    for block in blocks(TUTORIAL):
        match block.language:
            case "sh":
                done = stage.run(f"{ARCHIVE}\n{script_of(block.code, stage.names)[0]}")
                assert done.returncode == 0, f"{block.code}\n{done.stdout}\n{done.stderr}"
            case "python":
                exec(compile(block.code, name_of(block), "exec"), spoken)  # noqa: S102  (our own page)
            case "sql":
                counted["needs the network"] += run_in_duckdb(block)
            case "r":
                counted["R is not installed"] += not run_in_r(block)
            case other:
                pytest.fail(f"{name_of(block)}: nothing runs {other!r}")
        counted[block.language] += 1
    assert {"coverage.png", "copies.png"} <= {path.name for path in stage.folder.glob("*.png")}
    assert spoken["floods"].to_numpy().sum() > 0
    assert spoken["share"]["kicknews"] > 0
    assert (counted["sh"], counted["python"], counted["sql"], counted["r"]) == (4, 7, 2, 2)
    assert counted["needs the network"] <= 4


def run_in_duckdb(block: Block) -> int:
    """Run the statements of a block; return how many were not, because DuckDB's extension cannot be fetched here."""
    import duckdb

    connection = duckdb.connect()
    needs_network = block.code.startswith("INSTALL")
    for number, statement in enumerate(wanted := list(statements(block.code))):
        try:
            connection.execute(statement).fetchall()
        except duckdb.Error:
            if not needs_network:
                raise
            return len(wanted) - number
    return 0


def run_in_r(block: Block) -> bool:
    """Run a block of R; return whether R and its packages are here."""
    packages = re.findall(r"library\((\w+)\)", block.code) + re.findall(r"(\w+)::", block.code)
    script = "quit(status = !all(sapply(commandArgs(TRUE), requireNamespace, quietly = TRUE)))"
    if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", script, *packages], check=False).returncode:
        return False
    subprocess.run(["Rscript", "-e", block.code], check=True)
    return True


def test_notebook_is_made_of_the_tutorial(tmp_path: Path) -> None:
    write(tmp_path / "tutorial.ipynb")
    assert NOTEBOOK.read_bytes() == (tmp_path / "tutorial.ipynb").read_bytes(), "run: python -m tests.docs.notebook"


@pytest.mark.slow
@pytest.mark.crawl
@needs_analysis
@pytest.mark.filterwarnings("default")
def test_notebook_runs_from_top_to_bottom(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stage.folder)
    monkeypatch.setenv("MPLBACKEND", "agg")
    spoken: dict[str, Any] = {}
    for number, cell in enumerate(json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]):
        code = "".join(cell["source"])
        if cell["cell_type"] == "code" and code.startswith("!"):
            assert stage.run(code.replace("!", "")).returncode == 0
        elif cell["cell_type"] == "code":
            exec(compile(code, f"cell {number}", "exec"), spoken)  # noqa: S102  (our own notebook)
    assert spoken["floods"].to_numpy().sum() > 0


# What is done with the code of recipes, by how it begins; that of a platform has a test of its own.
TRIALS = {
    '"""A table as tab': """
from archive.database import open_archive
from archive.export.tables import table_of
from archive.query.choice import Choice
assert export_tsv(table_of("articles", open_archive(Path("archive.db")), Choice()), Path("a.tsv")) == 1
assert "\\tPadi\\t" in Path("a.tsv").read_text()
""",
    '"""The command line\'s `words`': """
from click.testing import CliRunner
assert CliRunner().invoke(main, ["words", "--archive", "archive.db"]).output.split() == ["warta", "3"]
""",
}


def shelf_in_use(folder: Path) -> None:
    with shelf_in(folder) as shelf:
        shelf.put("padi", "Petani memanen padi.")


RECIPES = [block for block in BLOCKS if block.file == CONTRIBUTING and block.language not in ("", "sh")]


@pytest.mark.parametrize("block", RECIPES, ids=name_of)
def test_recipes_are_whole_code(block: Block, tmp_path: Path) -> None:
    if block.language == "python":
        compile(block.code, name_of(block), "exec")
        if trial := next((trial for begin, trial in TRIALS.items() if block.code.startswith(begin)), None):
            shelf_in_use(tmp_path)
            script = f"{block.code}\n{trial}"
            done = subprocess.run(
                [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(CHECKOUT)},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
    elif block.language == "toml":
        known = tomllib.loads((CHECKOUT / "kickcrawl" / "vocabulary" / "id.toml").read_text(encoding="utf-8"))
        for table, lists in tomllib.loads(block.code).items():
            assert lists.keys() <= known[table].keys()
    else:
        assert block.language == "sql"
        import sqlite3

        sqlite3.connect(":memory:").execute(f"CREATE TABLE articles ({block.code}\n)").connection.close()
