"""Say which extractor this is: an archive notes it with each article, so that another one's work can be done anew."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kickcrawl import __version__


@cache
def extractor() -> str:
    """Return the version of kickcrawl and a digest of the code that reads pages, trafilatura's version included.

    All of the domain's files count: one more re-reading is cheaper than a list of imports that is wrong one day.
    """
    digest = sha256(version("trafilatura").encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
