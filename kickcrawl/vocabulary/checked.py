"""Make records of tables that were read from TOML; each value is checked against the type of its field. Pure.

In: a dataclass and a table. Out: its instance. Types may be ``str``, ``int``, ``tuple[T, ...]``, ``dict[str, T]``,
other dataclasses, ``T | None``, and ``Annotated[T, check]``, where *check* returns the value or raises ValueError.
"""

from dataclasses import MISSING, fields
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


class WrongValueError(ValueError):
    """A value that is not what its field holds; says where it stands (``dates.zones.wib.offset``) and what to write."""


def make(kind: type[Made], table: object, where: str = "") -> Made:
    """Return the *kind* that *table* describes; *where* is its key. Raises WrongValueError."""
    if not isinstance(table, dict):
        raise WrongValueError(f"{where}: is no table; write [{where}]")
    hints, inside = _hints(kind), f"{where}." if where else ""  # type: ignore[arg-type]
    for key in table:
        if key not in hints:
            raise WrongValueError(f"{inside}{key}: there is no such list; the first file, id.toml, has all of them")
    for one in fields(kind):  # type: ignore[arg-type]
        if one.name not in table and one.default is MISSING and one.default_factory is MISSING:
            raise WrongValueError(f"{inside}{one.name}: is missing")
    return kind(**{key: _value(hints[key], value, inside + key) for key, value in table.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _value(kind: Any, value: object, where: str) -> Any:
    """Return *value* as the type *kind* has it, lists as tuples."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        made = _value(parts[0], value, where)
        try:
            for check in parts[1:]:
                made = check(made)
        except ValueError as error:
            raise error if isinstance(error, WrongValueError) else WrongValueError(f"{where}: {error}") from error
        return made
    if origin is UnionType:
        return None if value is None else _value(parts[0], value, where)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_value(parts[0], one, f"{where}.{number}") for number, one in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {_value(parts[0], key, where): _value(parts[1], one, f"{where}.{key}") for key, one in value.items()}
    if isinstance(kind, type) and origin is None and hasattr(kind, "__dataclass_fields__"):
        return make(kind, value, where)
    if origin is None and type(value) is kind:
        return value
    raise WrongValueError(f"{where}: {value!r} is no {_NAMES.get(origin or kind, 'value of that kind')}")


_NAMES = {tuple: "list of words", dict: "table", str: 'text; write it in quotes, "so"', int: "whole number"}
