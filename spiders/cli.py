"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches."""

import archive.cli  # noqa: F401  (adds its commands to the group)
import archive.cli_backup  # noqa: F401
import archive.cli_export  # noqa: F401
import archive.cli_history  # noqa: F401
import archive.cli_rebuild  # noqa: F401
import archive.cli_reextract  # noqa: F401
import archive.cli_serve  # noqa: F401
import archive.cli_stories  # noqa: F401
import archive.cli_takedown  # noqa: F401
import archive.cli_verify  # noqa: F401
import kickcrawl.cli_explain  # noqa: F401
import kickcrawl.cli_extract  # noqa: F401
import spiders.cli_add  # noqa: F401
from kickcrawl.cli import main

if __name__ == "__main__":
    main(prog_name="kickcrawl")
