"""Change single values in an outlet file, and leave all else as it is: order, comments, spacing. Pure: text to text.

Only keys above the first table, whose value stands on one line. Another library would be needed for more; the result is
read as TOML again, and refused unless exactly these keys changed.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date

Value = str | bool | date
_LINE = r"""^{}[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*'|[\w.:+-]+)(?P<rest>[^\n]*)$"""


def with_values(text: str, values: Mapping[str, Value], comments: Mapping[str, str]) -> str:
    """Return the TOML in *text* with *values* for its keys, each with its comment, if *comments* has one for it.

    A key that is not there is written before the first table. Raises ValueError where that would change something else.

    >>> with_values('name = "Warta"  # koran' + chr(10), {"verified": date(2026, 11, 30)}, {})
    'name = "Warta"  # koran\\nverified = 2026-11-30\\n'
    """
    head, tables = _parted(text)
    for key, value in values.items():
        line = f"{key} = {_written(value)}"
        comment = f"  # {comments[key]}" if key in comments else None
        if found := re.search(_LINE.format(re.escape(key)), head, re.MULTILINE):
            head = head[: found.start()] + line + (found["rest"] if comment is None else comment) + head[found.end() :]
        else:
            head = f"{head.rstrip()}\n{line}{comment or ''}\n" + ("\n" if tables else "")
    changed = head + tables
    if tomllib.loads(changed) != tomllib.loads(text) | dict(values):
        raise ValueError(f"{', '.join(values)} cannot be written without changing something else; edit it by hand")
    return changed


def _parted(text: str) -> tuple[str, str]:
    """Return what stands above the first table, and the rest."""
    found = re.search(r"^\[", text, re.MULTILINE)
    at = found.start() if found else len(text)
    return text[:at], text[at:]


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
