"""Write docs/tutorial.ipynb anew from docs/tutorial.md: python -m tests.docs.notebook

Its sections with Python become cells: prose, code, and the exports that the code reads.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kickcrawl import CHECKOUT

TUTORIAL = CHECKOUT / "docs" / "tutorial.md"
NOTEBOOK = TUTORIAL.with_suffix(".ipynb")
FILES_ONLY = re.compile(r'import matplotlib\n\nmatplotlib\.use\("Agg"\).*\n')  # a notebook draws by itself
# A notebook starts in its own folder; run a second time, this changes nothing.
TO_PROJECT = 'import os\n\nif os.path.basename(os.getcwd()) == "docs":\n    os.chdir("..")'
_PART = re.compile(r"```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_READ_LATER = re.compile(r"^\S+ export --to berita\.(?:csv|jsonl) .*?(?=\s+#|$)", re.MULTILINE)


def cells(page: str) -> Iterator[dict[str, Any]]:
    """Yield the cells of the sections of *page* that have Python."""
    yield _cell("markdown", page.partition("\n## ")[0])
    yield _cell("code", TO_PROJECT)
    for section in re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]:
        if "```python" in section:
            at = 0
            for part in _PART.finditer(section):
                if prose := section[at : part.start()].strip():
                    yield _cell("markdown", prose)
                at = part.end()
                if part[1] == "python":
                    yield _cell("code", FILES_ONLY.sub("", part[2]).strip())
                elif wanted := _READ_LATER.findall(part[2]):
                    yield _cell("code", "\n".join(f"!KICKCRAWL_ARCHIVE=data/demo/archive.db {line}" for line in wanted))


def write(path: Path) -> None:
    """Write the notebook."""
    found = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells(TUTORIAL.read_text(encoding="utf-8")))]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": found, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    more: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": lines} | more


if __name__ == "__main__":
    write(NOTEBOOK)
