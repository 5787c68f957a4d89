#!/usr/bin/env bash
# Protego 0.7.0: a line that is neither rule nor agent ends a list of agents.
#
# Expected: RFC 9309, 2.2.4, lets a parser read other lines (Crawl-delay, Sitemap), but they must not interfere with
# the groups; so `User-agent: *`, a Crawl-delay, `User-agent: contoh` and a rule are one group for both agents.
# Seen: after Crawl-delay the next agent begins a group of its own: the rule holds for `contoh` only, and all others may
# fetch what the site meant to forbid. Request-rate does the same; a Sitemap or Host line does not.
# So: where a site puts Crawl-delay between two agents, its rules are read more freely than it may have meant.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check protego==0.7.0

cat > "$dir/try.py" <<'PYTHON'
from protego import Protego

for line in ("", "Crawl-delay: 5\n", "Request-rate: 1/5\n", "Sitemap: https://koran.example/s.xml\n", "Host: koran.example\n"):
    rules = Protego.parse(f"User-agent: *\n{line}User-agent: contoh\nDisallow: /arsip\n")
    may = [rules.can_fetch("https://koran.example/arsip", agent) for agent in ("contoh", "lain")]
    print(f"{line.strip() or 'nothing between':42} contoh: {may[0]}, lain: {may[1]}")
PYTHON

cat > "$dir/seen" <<'SEEN'
nothing between                            contoh: False, lain: False
Crawl-delay: 5                             contoh: False, lain: True
Request-rate: 1/5                          contoh: False, lain: True
Sitemap: https://koran.example/s.xml       contoh: False, lain: False
Host: koran.example                        contoh: False, lain: False
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: protego-other-lines-split-a-group"
