"""Which code read an article: what decides its content changes the extractor's digest, and nothing else does."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT, __version__
from kickcrawl.extractor import LIBRARIES, digest, extractor, reading_code, reading_modules, source_digest, write

VERSIONS = dict.fromkeys(LIBRARIES, "1.0")
# Needed by the readers or their libraries, without a say in what an article's content is: near-copies, the bytes of an
# answer, the network, zones of this machine, the check of data files, and what the libraries' commands need.
NO_SAY = frozenset(
    "babel backports.zstd brotli certifi charset-normalizer pydantic pytz rensa six tld tzdata tzlocal urllib3".split()
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the domain's code that may be changed."""
    ignore = shutil.ignore_patterns("__pycache__", "outlets")
    shutil.copytree(CHECKOUT / "kickcrawl", tmp_path / "kickcrawl", ignore=ignore)
    return tmp_path


def change(file: Path, edit: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before
    file.write_text(after, encoding="utf-8")


def with_comments(source: str) -> str:
    """Return *source* with a comment behind it, empty lines in it and other words in all of its docstrings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (
            doc := ast.get_docstring(node, clean=False)
        ):
            source = source.replace(f'"""{doc}"""', f'"""New words.\n\n{doc}"""')
    return re.sub(r"\n\n\n", "\n\n\n\n# A comment.\n", source) + "\n# The last comment.\n"


def test_comments_and_docstrings_change_nothing(checkout: Path) -> None:
    before = digest(checkout, VERSIONS)
    for name in reading_modules(checkout):
        path = checkout.joinpath(*name.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        change(file, with_comments)
    assert digest(checkout, VERSIONS) == before


@pytest.mark.parametrize(
    "file", ["extract.py", "urls.py", "dates.py", "page/blocks.py", "body/read_body.py", "claims/credits.py"]
)
def test_code_that_reads_pages_counts(checkout: Path, file: str) -> None:
    before = digest(checkout, VERSIONS)
    change(checkout / "kickcrawl" / file, lambda source: source + "\n_NEW = 0.75\n")
    with_constant = digest(checkout, VERSIONS)
    assert with_constant != before
    change(checkout / "kickcrawl" / file, lambda source: source.replace("_NEW = 0.75", "_NEW = 0.8"))
    assert digest(checkout, VERSIONS) not in (before, with_constant)


def test_code_that_reads_no_pages_does_not_count(checkout: Path) -> None:
    before = digest(checkout, VERSIONS)
    for file in ("health.py", "cli.py", "discovery/sitemap.py", "sites/region.py", "extractor.py"):
        change(checkout / "kickcrawl" / file, lambda source: source + "\n_NEW = 0.75\n")
    assert digest(checkout, VERSIONS) == before


def test_module_that_a_reader_begins_to_import_counts(checkout: Path) -> None:
    new = checkout / "kickcrawl" / "page" / "new.py"
    new.write_text("ANSWER = 41\n")
    late = f"\ndef late():\n    from kickcrawl.page import {new.stem}\n"
    change(checkout / "kickcrawl" / "urls.py", lambda source: source + late)
    before = digest(checkout, VERSIONS)
    new.write_text("ANSWER = 42\n")
    assert digest(checkout, VERSIONS) != before


def test_words_of_the_vocabulary_count_but_not_its_comments(checkout: Path) -> None:
    before = digest(checkout, VERSIONS)
    file = checkout / "kickcrawl" / "vocabulary" / "xx.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('byline = ["oleh"]\n')
    with_word = digest(checkout, VERSIONS)
    file.write_text('# Seen in 2026.\nbyline = [\n    "oleh",\n]\n')
    assert digest(checkout, VERSIONS) == with_word != before
    file.write_text('byline = ["oleh", "pewarta"]\n')
    assert digest(checkout, VERSIONS) != with_word


@pytest.mark.parametrize("library", ["htmldate", "trafilatura", "lxml", "readability-lxml", "dateparser", "courlan"])
def test_new_version_of_a_library_counts(library: str) -> None:
    assert library in LIBRARIES
    assert digest(CHECKOUT, VERSIONS | {library: "1.1"}) != digest(CHECKOUT, VERSIONS)


def test_digest_that_is_kept_is_that_of_the_code_as_it_is() -> None:
    assert reading_code() == digest(CHECKOUT, {name: version(name) for name in LIBRARIES})


def test_whatever_the_digest_may_depend_on_makes_it_anew(checkout: Path) -> None:
    sources = [source_digest(checkout, VERSIONS), source_digest(checkout, VERSIONS | {"lxml": "1.1"})]
    for name in [*reading_modules(checkout), "kickcrawl.extractor"]:
        path = checkout.joinpath(*name.split("."))
        change(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"), with_comments)
        sources.append(source_digest(checkout, VERSIONS))
    (checkout / "kickcrawl" / "page" / "new.py").write_text("")
    sources.append(source_digest(checkout, VERSIONS))
    change(checkout / "kickcrawl" / "vocabulary" / "id.toml", lambda source: source + "# A comment.\n")
    sources.append(source_digest(checkout, VERSIONS))
    assert len(set(sources)) == len(sources)


def test_extractor_is_the_same_in_every_process() -> None:
    script = "from kickcrawl.extractor import extractor; print(extractor())"
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=CHECKOUT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=60, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told == [extractor()] * 2
    assert re.fullmatch(re.escape(__version__) + r"\+[0-9a-f]{12}", extractor())


EXAMPLE = b'''"""A docstring."""
@cache
def read(page: Page, *, limit: int = 10_000) -> str | None:
    """Another one."""
    match page.kind:
        case "list" | "front":
            return None
    return f"{page.title!r:>{limit}} is 'here' {1.50:.2f}" "and " f"{{there}}" if (n := len(page)) > 0x10 else "\\u2028"
'''
# As Python 3.11, 3.12 and 3.13 write it, from one run of each (2026-11-29).
WRITTEN = (
    "Module body FunctionDef name 'read' args arguments args arg arg 'page' annotation Name id 'Page' ) ) ] "
    "kwonlyargs arg arg 'limit' annotation Name id 'int' ) ) ] kw_defaults Constant value 10000 ) ] ) body "
    "Match subject Attribute value Name id 'page' ) attr 'kind' ) cases match_case pattern MatchOr patterns "
    "MatchValue value Constant value 'list' ) ) MatchValue value Constant value 'front' ) ) ] ) body Return "
    "value Constant ) ) ] ) ] ) Return value IfExp test Compare left NamedExpr target Name id 'n' ) value "
    "Call func Name id 'len' ) args Name id 'page' ) ] ) ) ops Gt ) ] comparators Constant value 16 ) ] ) "
    "body JoinedStr values FormattedValue value Attribute value Name id 'page' ) attr 'title' ) conversion "
    "114 format_spec JoinedStr values Constant value '>' ) FormattedValue value Name id 'limit' ) conversion "
    "-1 ) ] ) ) Constant value \" is 'here' \" ) FormattedValue value Constant value 1.5 ) conversion -1 "
    "format_spec JoinedStr values Constant value '.2f' ) ] ) ) Constant value 'and {there}' ) ] ) orelse "
    "Constant value '\\u2028' ) ) ) ] decorator_list Name id 'cache' ) ] returns BinOp left Name id 'str' ) op "
    "BitOr ) right Constant ) ) ) ] )"
)


def test_code_is_written_alike_by_every_version_of_python() -> None:
    words, imports = write(EXAMPLE)
    assert imports == []
    assert " ".join(words) == WRITTEN


def test_readers_import_nothing_relatively() -> None:
    for name in reading_modules(CHECKOUT):
        path = CHECKOUT.joinpath(*name.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        _, imports = write(file.read_bytes())
        assert not [node for node in imports if isinstance(node, ast.ImportFrom) and node.level], name


def third_party(module: str) -> Iterator[str]:
    """Yield the distributions that *module* of the checkout imports."""
    path = CHECKOUT.joinpath(*module.split("."))
    _, imports = write((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_bytes())
    for node in imports:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for top in {name.split(".")[0] for name in names} - {"kickcrawl", *sys.stdlib_module_names}:
            yield from DISTRIBUTIONS.get(top, [])


DISTRIBUTIONS = packages_distributions()
INSTALLED = {name for names in DISTRIBUTIONS.values() for name in names}


def needs(distribution: str) -> set[str]:
    """Return what *distribution* requires that is installed (not so: what only other versions of Python need)."""
    lines = [line for line in requires(distribution) or [] if "extra ==" not in line]
    return canonical({match[0] for line in lines if (match := re.match(r"[\w.-]+", line))}) & canonical(INSTALLED)


def canonical(names: set[str]) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_library_with_a_say_in_the_content_counts() -> None:
    known = canonical({*LIBRARIES, *NO_SAY})
    imported = {name for module in reading_modules(CHECKOUT) for name in third_party(module)}
    assert canonical(imported) - known == set()
    assert {"htmldate", "lxml", "trafilatura"} <= imported
    assert {name for library in LIBRARIES for name in needs(library)} - known == set()
    assert all(version(name) for name in LIBRARIES)
