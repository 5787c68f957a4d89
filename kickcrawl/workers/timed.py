"""How much CPU a reader of seeds takes, measured where it runs. For functions that are sent to a worker."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from kickcrawl.errors import SeedError

Found = TypeVar("Found")


def timed(function: Callable[..., Found], *values: Any) -> tuple[Found | SeedError, float]:
    """Return what ``function(*values)`` returns, or the SeedError that it raises, and the seconds of CPU it took."""
    begun = time.process_time()
    found: Found | SeedError
    try:
        found = function(*values)
    except SeedError as error:
        found = error
    return found, time.process_time() - begun
