"""The whole command line, as .venv/bin/kickcrawl starts it: the domain's commands, the archive's, and what fetches."""

import archive.cli  # noqa: F401  (adds its commands to the group)
from kickcrawl.cli import main

if __name__ == "__main__":
    main(prog_name="kickcrawl")
