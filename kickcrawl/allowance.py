"""What the operator allows of an outlet: by its file, and by what holds for all outlets."""

from collections.abc import Sequence

from kickcrawl.errors import UsageError
from kickcrawl.hours import read_hours
from kickcrawl.outlet import Outlet
from kickcrawl.rhythm import Allowance
from kickcrawl.settings import REQUESTS_PER_DAY


def allowance_of(outlet: Outlet, requests_per_day: int | None = None, quiet_hours: Sequence[str] = ()) -> Allowance:
    """Return the allowance of *outlet*, where no outlet gets more than *requests_per_day*, and nothing is asked in
    *quiet_hours*. Raises UsageError for what are no hours."""
    per_day = requests_per_day or REQUESTS_PER_DAY
    try:
        for_all = [read_hours(text) for text in quiet_hours]
    except ValueError as error:
        raise UsageError(f"quiet hours: {error}") from None
    return Allowance(
        timezone=outlet.timezone,
        requests_per_day=min(per_day, outlet.requests_per_day or per_day),
        quiet=(*for_all, *map(read_hours, outlet.quiet_hours)),
    )
