"""Questions to all shards, answered by DuckDB (archive/shards/sql.py): a page of them, and each with its rows.

    /questions   /questions/NAME   /questions/NAME.json   /questions/NAME.csv

The first time after a shard has changed, its tables are written; that takes as long as it takes. One is answered at a
time: DuckDB uses all processors.
"""

import asyncio
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.joint.joint import Joint, unasked
from archive.shards.fan import Fan
from archive.shards.forms import FORMS, plain
from archive.shards.reached import Names, Reached
from archive.shards.sql import ask_shards
from archive.site.asking import Missing, page
from archive.site.replay_page import SentOnce
from kickcrawl.errors import UsageError

QUESTIONS: Mapping[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MEMORY = "512MB"  # that DuckDB may fill; it writes the rest of its work into a folder
MAX_ROWS = 1000  # that a page shows; its files have all
_ONE_AT_A_TIME = asyncio.Lock()
_TYPES = {"json": "application/json; charset=utf-8", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The first rows of an answer as JSON has their values, and whether there are more."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    has_more: bool


async def questions(datasette: Any, request: Any) -> Any:
    """Answer with what can be asked, and where the data of a single shard are."""
    joint: Joint = datasette.joint
    names = [shard.name for shard in joint.shards if shard.path is not None]
    said = {"names": list(QUESTIONS) if _can_ask(joint) else [], "shards": names, "can_ask": _can_ask(joint)}
    return await page(datasette, request, "questions.html", said)


async def question(datasette: Any, request: Any) -> Any:
    """Answer a question, as a page with the first rows, or as a file with all."""
    joint: Joint = datasette.joint
    name, form = request.url_vars["name"], request.url_vars["format"]
    if name not in QUESTIONS:
        raise Missing("page")
    if joint.tables is None:
        raise UsageError("this site keeps no tables of its shards, which questions are answered from")
    if form:
        folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="kickcrawl-")
        file = Path(folder.name) / f"{name}.{form}"
        try:
            headers = await _written(joint, joint.tables, name, form, file)
        except BaseException:
            folder.cleanup()
            raise
        return SentOnce(folder, file, _TYPES[form], headers)
    reached = await _rows(joint, joint.tables, name)
    said = {"name": name, "sql": QUESTIONS[name].strip(), "answer": reached.found, "unasked": reached.problems}
    return await page(datasette, request, "question.html", said | {"most": MAX_ROWS})


def _can_ask(joint: Joint) -> bool:
    return joint.tables is not None and all(find_spec(name) for name in ("duckdb", "pyarrow"))


async def _rows(joint: Joint, folder: Path, name: str) -> Reached[Rows]:
    def read(fan: Fan, names: Names) -> Rows:
        with ask_shards(fan, names, folder, QUESTIONS[name], MEMORY) as answer:
            rows = [tuple(map(plain, row)) for row in islice(answer.rows, MAX_ROWS + 1)]
        return Rows(columns=answer.columns, rows=rows[:MAX_ROWS], has_more=len(rows) > MAX_ROWS)

    async with _ONE_AT_A_TIME:
        return await joint.ask(read, seconds=None)


async def _written(joint: Joint, folder: Path, name: str, form: str, output: Path) -> dict[str, str]:
    """Write the file, and return the headers that say what it lacks, and what was changed for its form."""

    def write(fan: Fan, names: Names) -> list[str]:
        with (
            ask_shards(fan, names, folder, QUESTIONS[name], MEMORY) as answer,
            output.open("w", encoding="utf-8", newline="") as file,
        ):
            return FORMS[form](answer, file)

    async with _ONE_AT_A_TIME:
        reached = await joint.ask(write, seconds=None)
    told = {"X-Told": "; ".join(reached.found)} if reached.found else {}
    return told | unasked(reached)
