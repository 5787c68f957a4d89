"""Say which extractor this is: an archive notes it with each article, so that another one's work can be done anew."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kickcrawl import __version__


@cache
def extractor() -> str:
    """Return the version of kickcrawl and a digest of the code that reads pages, trafilatura's version included.

    All of the domain's code and vocabulary counts: one more re-reading is cheaper than a list of imports that is wrong
    one day.
    """
    digest = sha256(version("trafilatura").encode())
    here = Path(__file__).parent
    for file in sorted([*here.rglob("*.py"), *(here / "vocabulary").glob("*.toml")]):
        digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
