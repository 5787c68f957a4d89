"""What is wrong with a value in an outlet file, and what to write: pydantic's faults in the words of TOML. Pure."""

import json

from pydantic_core import ErrorDetails


def what_to_write(fault: ErrorDetails) -> str:
    """Return what is wrong and what to write; where the value only has another form, the value itself in the right one.

    >>> what_to_write({"type": "tuple_type", "loc": ("seeds", "feeds"), "msg": "", "input": "/feed/"})
    'is no list; write a list such as ["/feed/"]'
    """
    kind, given, key = fault["type"], fault["input"], fault["loc"][-1]
    if kind == "missing":
        return "is missing; write it"
    if kind == "extra_forbidden":
        return "there is no such key; remove it or correct its spelling"
    if kind == "string_pattern_mismatch":
        return f"does not fit; write something of the form {fault['ctx']['pattern']}"
    if kind == "tuple_type" and key == "layout":
        return "is no list of tables; write each below a line [[layout]]"
    if kind == "tuple_type":
        return f"is no list; write a list such as [{_text(given)}]"
    if kind == "string_type":
        return f"is no text; write it in quotation marks, such as {_text(given)}"
    if kind in ("model_type", "dict_type"):
        return f"is no table; write its keys below a line [{key}]"
    if kind.startswith("bool_"):
        return "is neither true nor false; write one of these, without quotation marks"
    if kind.startswith("int_"):
        return "is no whole number; write one such as 250"
    if kind.startswith("float_"):
        return "is no number; write one such as 1.5"
    return fault["msg"].removeprefix("Value error, ")


def _text(value: object) -> str:
    """Return a value as TOML writes text; of a list its first, of a table only what text looks like."""
    first = value[0] if isinstance(value, list) and value else value
    return json.dumps(str(first), ensure_ascii=False) if isinstance(first, str | int | float) else '"..."'
