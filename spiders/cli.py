"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches."""

import archive.commands
import kickcrawl.commands
import spiders.cli_add
import spiders.cli_backfill
import spiders.cli_fleet
import spiders.cli_fleet_ask
import spiders.cli_fleet_serve
import spiders.cli_outlets
import spiders.cli_run  # noqa: F401  (they add their commands to the group)
from kickcrawl.cli import add_commands, main

for room in (kickcrawl.commands, archive.commands):
    add_commands(room)

if __name__ == "__main__":
    main(prog_name="kickcrawl")
