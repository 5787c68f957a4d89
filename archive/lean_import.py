"""Import a library without what it would import besides, if that happens to be installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let what is imported inside not find *modules*; those that are loaded already are left as they are."""
    hidden = [name for name in modules if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the import system then says that there is none
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
