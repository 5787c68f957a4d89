"""Commands are found by their folders: each module in them adds one or more to the group."""

from pkgutil import iter_modules

import pytest

import archive.commands
import kickcrawl.commands
from spiders.cli import main

MODULES = [
    f"{room.__name__}.{module.name}"
    for room in (archive.commands, kickcrawl.commands)
    for module in iter_modules(room.__path__)
]


@pytest.mark.parametrize("module", MODULES)
def test_module_in_a_folder_of_commands_adds_a_command(module: str) -> None:
    homes = {command.callback.__module__ for command in main.commands.values() if command.callback is not None}
    assert module in homes
