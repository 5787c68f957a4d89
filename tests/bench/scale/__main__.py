"""`make simulate`: the tables of docs/scale.md, computed anew.

    python -m tests.bench.scale [--write]

With --write they are put into the page, each behind its mark, `<!-- simulated: NAME -->`.
"""

import argparse
import re

from kickcrawl import CHECKOUT
from tests.bench.scale.tables import tables

PAGE = CHECKOUT / "docs" / "scale.md"


def page_with(page: str, found: dict[str, str]) -> str:
    """Return *page* with the tables *found* behind their marks. Raises KeyError for a mark that names none."""
    return re.sub(r"(<!-- simulated: ([\w ]+) -->\n\n)(?:\|.*\n)*", lambda mark: f"{mark[1]}{found[mark[2]]}\n", page)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    found = tables()
    if parser.parse_args().write:
        PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    for name, table in found.items():
        print(f"{name}\n\n{table}\n")


if __name__ == "__main__":
    main()
