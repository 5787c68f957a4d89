"""A command that a module is named after needs no other command's module; all others, and help, have them all."""

import re
import subprocess
import sys

import pytest

from kickcrawl import CHECKOUT
from spiders.cli import main, module_of

SCRIPT = """
import runpy, sys
try:
    runpy.run_module("spiders.cli", run_name="__main__")
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """Return the modules of commands that are loaded where *arguments* are asked for help."""
    command = [sys.executable, "-c", SCRIPT, *arguments, "--help"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=True)
    assert "Usage:" in done.stdout
    found = done.stderr.split()
    return {name for name in found if re.match(r"(archive|kickcrawl)\.commands\.|spiders\.cli_", name)}


def test_command_loads_its_own_module_only() -> None:
    assert loaded("run") == {"spiders.cli_run"}
    assert loaded("status").isdisjoint({"archive.commands.search", "archive.commands.explain", "spiders.cli_run"})


@pytest.mark.parametrize("arguments", [(), ("fleet",), ("diff",)], ids=["none", "a group", "of another's module"])
def test_what_one_module_does_not_tell_loads_all(arguments: tuple[str, ...]) -> None:
    assert {"spiders.cli_run", "spiders.cli_fleet_ask", "archive.commands.status"} <= loaded(*arguments)


def test_module_named_after_a_command_adds_it() -> None:
    for name, command in main.commands.items():
        if (module := module_of(name)) is not None:
            assert getattr(command.callback, "__module__", module) == module, name
    assert [module_of(name) for name in ("run", "search", "fleet-ask", "../run", "")] == [
        "spiders.cli_run", "archive.commands.search", None, None, None,
    ]  # fmt: skip
