"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches.

Imported, it has all commands. Started with one that a module is named after, it loads that module only: to load all of
them takes longer than `kickcrawl run` does where nothing is due.
"""

import sys
from importlib import import_module
from importlib.util import find_spec

import click

import archive.commands
import kickcrawl.commands
from kickcrawl.cli import add_commands, main

_OURS = ("add", "backfill", "fleet", "fleet_ask", "fleet_serve", "outlets", "run")  # they add commands to the group


def module_of(command: str) -> str | None:
    """Return the module that is named after *command*; None if there is none."""
    if not command.isidentifier():
        return None
    rooms = (("spiders", f".cli_{command}"), ("kickcrawl.commands", f".{command}"), ("archive.commands", f".{command}"))
    found = (find_spec(name, room) for room, name in rooms)
    return next((spec.name for spec in found if spec), None)


def load(command: str | None = None) -> None:
    """Add *command* to the group; all commands where none is given, or where other modules have a part in it."""
    if command is not None and (name := module_of(command)):
        import_module(name)
        if not isinstance(main.commands.get(command), (click.Group, type(None))):
            return
    for room in (kickcrawl.commands, archive.commands):
        add_commands(room)
    for part in _OURS:
        import_module(f".cli_{part}", "spiders")


if __name__ == "__main__":
    load(sys.argv[1] if len(sys.argv) > 1 else None)
    main(prog_name="kickcrawl")
else:
    load()
