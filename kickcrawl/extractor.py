"""Say which extractor this is: an archive notes it with each article, so that `reextract` knows what another one read.

What decides an article's content is digested, and nothing else:

- the modules that `kickcrawl.extract` imports, and those that they import, found in their syntax trees. Comments,
  docstrings and layout do not count; names, constants and code do;
- the vocabulary of newsrooms, `vocabulary/*.toml`, without its comments;
- the versions of LIBRARIES.

The digest is the same in every process and on Python 3.11 to 3.14: the trees are written in a form of our own, because
`ast.dump` and `ast.unparse` write the same code differently from one version of Python to the next. It costs about
100 ms of CPU (some 104 modules, 9,000 lines), so that it is kept until any file of kickcrawl changes (kept.py).
"""

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kickcrawl import CHECKOUT, __version__
from kickcrawl.kept import kept

READER = "kickcrawl.extract"  # the door to all that reads pages
VOCABULARY = "kickcrawl/vocabulary/*.toml"
# Distributions whose code decides what an article says. tests/kickcrawl/test_extractor.py holds them against what the
# readers import and what these packages need themselves.
LIBRARIES = (
    *("chardet", "courlan", "cssselect", "dateparser", "htmldate", "jusText", "lxml", "lxml_html_clean"),
    *("python-dateutil", "readability-lxml", "regex", "trafilatura", "w3lib"),
)
_UNSAID = frozenset(("ctx", "kind", "type_comment"))  # fields of syntax trees that change nothing of what code does


def extractor() -> str:
    """Return the version of kickcrawl and what reading_code() returns, `2026.11.30+5f0c31d2a9be`."""
    return f"{__version__}+{reading_code()}"


@cache
def reading_code() -> str:
    """Return a digest of all that decides an article's content, `5f0c31d2a9be`.

    Where it is the same, an article reads the same, whatever else a new version of kickcrawl has changed.
    """
    versions = {name: version(name) for name in LIBRARIES}
    return kept("reading-code", source_digest(CHECKOUT, versions), lambda: digest(CHECKOUT, versions))


def source_digest(checkout: Path, versions: Mapping[str, str]) -> str:
    """Return a digest of every byte that digest() may depend on: all code of kickcrawl, the vocabulary, *versions*."""
    found = sha256(repr(sorted(versions.items())).encode())
    for file in sorted([*checkout.glob("kickcrawl/**/*.py"), *checkout.glob(VOCABULARY)]):
        data = file.read_bytes()
        found.update(f"\0{file.relative_to(checkout)}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()


def digest(checkout: Path, versions: Mapping[str, str]) -> str:
    """Return 12 hexadecimal digits of the reading code and the vocabulary in *checkout* and of *versions*."""
    parts = [f"{name}=={versions[name]}" for name in sorted(versions)]
    for name, code in sorted(reading_modules(checkout).items()):
        parts += [name, *code]
    for file in sorted(checkout.glob(VOCABULARY)):
        parts += [file.name, json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str)]
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def reading_modules(checkout: Path) -> dict[str, list[str]]:
    """Return READER and every module of kickcrawl that it needs: by its name, its code as `write` gives it."""
    modules: dict[str, list[str]] = {}
    waiting = [READER]
    while waiting:
        name = waiting.pop()
        file = None if name in modules else _file_of(name, checkout)
        if file:
            modules[name], imports = write(file.read_bytes())
            waiting += [module for node in imports for module in _imported(node)]
    return modules


def write(source: bytes) -> tuple[list[str], list[ast.Import | ast.ImportFrom]]:
    """Return the code of *source* as a list of words, alike in all versions of Python, and the imports in it."""
    words: list[str] = []
    imports: list[ast.Import | ast.ImportFrom] = []
    _write(ast.parse(source), words, imports)
    return words, imports


def _write(node: object, words: list[str], imports: list[ast.Import | ast.ImportFrom]) -> None:
    """Append *node* and all below it to *words*, without docstrings and without fields that are empty.

    New versions of Python add fields (3.12: type parameters), which are empty in code that knows nothing of them.
    """
    if isinstance(node, ast.AST):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            return
        if isinstance(node, ast.JoinedStr):  # Python 3.12.1 closes a nested format with an empty string, 3.13 does not
            node.values = [item for item in node.values if not isinstance(item, ast.Constant) or item.value != ""]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.append(node)
        words.append(type(node).__name__)
        for name in node._fields:
            value = getattr(node, name, None)
            if value is not None and value != [] and name not in _UNSAID:
                words.append(name)
                _write(value, words, imports)
        words.append(")")
    elif isinstance(node, list):
        for item in node:
            _write(item, words, imports)
        words.append("]")
    else:
        words.append(ascii(node))  # repr prints what this Python's Unicode knows


def _file_of(module: str, checkout: Path) -> Path | None:
    """Return the file of *module*; None where the name is no module's, but of something that stands in one."""
    path = checkout.joinpath(*module.split("."))
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Yield what *node* may import of kickcrawl, packages on the way included.

    Not the package kickcrawl itself: it says which release this is, and when that was.
    """
    before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        parts = f"{before}{alias.name}".split(".")
        if parts[0] == "kickcrawl":
            yield from (".".join(parts[:end]) for end in range(2, len(parts) + 1))
