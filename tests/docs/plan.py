"""How the commands of the docs are run: what stands for names in capitals, and what is not run, with its reason."""

import re
from collections.abc import Iterator, Mapping

from tests.support.optional import missing

# A line that one of these is found in is not run.
NOT_RUN = {
    r"kickcrawl add https|scrapy crawl news -a url=": "needs the network; tests/spiders/test_cli_add.py",
    r"kickcrawl run\b(?!.*LOG_LEVEL)": "needs the network; tests/spiders/test_run.py",
    r"^make fleet|kickcrawl fleet": "needs Ray; make test-fleet",
    r"kickcrawl backfill \w+ --since": "needs the network; tests/spiders/backfill",
    r"outlets --check": "needs the network; tests/spiders/test_check.py",
    r"^git (clone|fetch)|^cd /opt/kickcrawl && git": "needs the network; that is git's",
    r"^podman|^ +-e KICKCRAWL_CONTACT": "needs podman; tests/spiders/test_container.py",
    r"replay/bin/wayback": "serves until it is stopped; tests/archive/export/test_replay_tools.py",
    r"kickcrawl serve": "serves until it is stopped; tests/archive/site",
    r"^(useradd|cp|systemctl|(echo|printf) '?KICKCRAWL_CONTACT=)": "needs root; tests/spiders/test_schedule.py",
    r"^(apt-get|make -C /opt|rsync)": "needs root; that is the operator's",
    r"^(MAILTO|KICKCRAWL_\w+)=|^[\d*/]+ .* \* \* \*": "a crontab; tests/spiders/test_schedule.py",
    r"^python -m tests\.acceptance": "needs the rigs, and up to hours; tests/acceptance",
}
if missing:
    NOT_RUN[r"\.parquet|--hf "] = "needs the group analysis; make analysis"
# A command that takes minutes, or the network, is only asked what it would do: that there is such a target.
DRY = re.compile(r"^make (?!-)")
# Blocks that are no code, by how they begin.
PICTURES = ("the web  ", "Outlet -> Seed")
_OPTIONAL = re.compile(r"\[[A-Z-][^\]]*\]")
_COMMENT = re.compile(r"(?:^|\s{2,})#.*$")


def script_of(code: str, names: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return what is run of a block of shell commands, and why some of its lines are not."""
    lines, reasons = [], []
    for line in code.splitlines():
        reason = next((why for pattern, why in NOT_RUN.items() if re.search(pattern, line)), None)
        if reason is not None:
            reasons.append(reason)
        else:
            lines.append(_filled(line, names))
    return "\n".join(lines), reasons


def statements(code: str) -> Iterator[str]:
    """Yield the statements of SQL, without those that need the network and those that need what these bring."""
    for statement in code.split(";\n"):
        if text := re.sub(r"^\s*--.*$", "", statement, flags=re.MULTILINE).strip():
            yield text.removesuffix(";")


def _filled(line: str, names: Mapping[str, str]) -> str:
    line = _OPTIONAL.sub("", _COMMENT.sub("", line)).rstrip()
    line = DRY.sub("make --dry-run ", line).replace("ID 1 3", "ID 1 2")  # the demo's articles were edited once
    for name, value in names.items():
        line = re.sub(rf"(?<![\w-]){name}\b", value, line)
    return line
