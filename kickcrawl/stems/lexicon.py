"""What must be known of Indonesian words by heart: roots that look like derived words, short roots, exceptions."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("indonesian.toml").read_text(encoding="utf-8"))
SURE: frozenset[str] = frozenset(" ".join(_DATA["sure"]).split())
WHOLE: frozenset[str] = frozenset(" ".join(_DATA["whole"]).split()) | SURE
SHORT: frozenset[str] = frozenset(_DATA["short"].split())
NUMBERS: frozenset[str] = frozenset(_DATA["numbers"].split())
IRREGULAR: dict[str, str] = _DATA["irregular"] | {
    f"{base}{ending}": base for ending, bases in _DATA["derived"].items() for base in bases.split()
}
