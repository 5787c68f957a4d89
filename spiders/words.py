"""Say in one sentence what kept a request from being answered, whatever library raised it."""

from twisted.python.failure import Failure


def in_words(error: BaseException) -> str:
    """Return the reason behind *error*: Twisted wraps what went wrong on a connection in lists of failures."""
    reasons = getattr(error, "reasons", None)
    while isinstance(reasons, list) and reasons and isinstance(reasons[0], Failure) and reasons[0].value is not None:
        error = reasons[0].value
        reasons = getattr(error, "reasons", None)
    return " ".join(str(error).split()) or type(error).__name__
