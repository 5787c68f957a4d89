"""What takes long to make of code and data that seldom change, made once: kept beside the bytecode of Python.

Where nothing can be written there, it is made each time. The files may be deleted at any time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path


def kept(name: str, source: str, make: Callable[[], str]) -> str:
    """Return what ``make()`` returns, or returned before for the same *source*, a digest of all that it follows from.

    *name* names the file.
    """
    file = Path(cache_from_source(__file__)).with_name(f"{name}.kept")
    with suppress(OSError, UnicodeDecodeError):
        seal, _, text = file.read_text(encoding="utf-8").partition("\n")
        if seal == _seal(source, text):
            return text
    text = make()
    with suppress(OSError):  # only the next process's time is lost
        _write(file, f"{_seal(source, text)}\n{text}")
    return text


def _seal(source: str, text: str) -> str:
    """Return what tells a whole file that was made from *source* from any other."""
    return sha256(f"{source}\n{text}".encode()).hexdigest()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
