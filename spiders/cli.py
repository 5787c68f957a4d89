"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches."""

import archive.commands.ask  # noqa: F401  (adds its commands to the group)
import archive.commands.backup  # noqa: F401
import archive.commands.export  # noqa: F401
import archive.commands.history  # noqa: F401
import archive.commands.rebuild  # noqa: F401
import archive.commands.reextract  # noqa: F401
import archive.commands.serve  # noqa: F401
import archive.commands.stories  # noqa: F401
import archive.commands.takedown  # noqa: F401
import archive.commands.verify  # noqa: F401
import kickcrawl.commands.explain  # noqa: F401
import kickcrawl.commands.extract  # noqa: F401
import spiders.cli_add  # noqa: F401
from kickcrawl.cli import main

if __name__ == "__main__":
    main(prog_name="kickcrawl")
