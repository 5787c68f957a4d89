"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches."""

import archive.commands
import kickcrawl.commands
import spiders.cli_add  # noqa: F401  (adds its command to the group)
import spiders.cli_run  # noqa: F401
from kickcrawl.cli import add_commands, main

for room in (kickcrawl.commands, archive.commands):
    add_commands(room)

if __name__ == "__main__":
    main(prog_name="kickcrawl")
