# Everything runs from a fresh clone with Python 3.11+ (Debian: python3-venv), git and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo crawl serve test lint analysis replay fleet test-fleet fuzz bench bench-growth simulate requirements release clean

setup: .venv/ready

.venv/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { echo "kickcrawl needs Python 3.11 to 3.14; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another with: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/kickcrawl.pth"
	@printf '#!/bin/sh\nPYTHONSAFEPATH=1 exec "$$(dirname "$$0")/python" -m spiders.cli "$$@"\n' > $(BIN)/kickcrawl
	@chmod +x $(BIN)/kickcrawl
	@touch $@

demo: setup
	@$(BIN)/python -m tests.demo

crawl: setup
	$(BIN)/scrapy crawl kicknews

# Before anything was crawled, what `make demo` left is shown, and a sentence says so.
serve: setup
	@exec $(BIN)/python -m tests.show

# Compiled once for the hundreds of processes that the tests start: where Python may not write bytecode, each would compile.
test: setup
	@$(BIN)/python -m compileall -q kickcrawl archive spiders pipelines tests
	$(BIN)/python -m pytest --numprocesses auto --no-loadscope-reorder

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pip check

# Parquet and data frames: pyarrow, pandas, polars, duckdb, matplotlib, into .venv/. Pinned packages stay as they are.
analysis: .venv/analysis

.venv/analysis: pyproject.toml .venv/ready
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["analysis"], sep="\n")' > .venv/analysis.txt
	@sed -E '/^[a-z]/!d; s/ *\\$$//' requirements.txt > .venv/pinned.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint .venv/pinned.txt -r .venv/analysis.txt
	@touch $@

# pywb and wacz, beside the rest: they bring other versions of what the crawler uses. With them ReplayWeb.page and
# axe-core from npm, in .venv/replay/npm/; without npm a sentence says what to install.
replay: .venv/replay/ready
	@$(BIN)/python -m tests.support.npm_packages .venv/replay/npm

.venv/replay/ready: pyproject.toml .venv/ready
	@test -x .venv/replay/bin/python || $(PYTHON) -m venv .venv/replay
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["replay"], sep="\n")' > .venv/replay/requirements.txt
	.venv/replay/bin/python -m pip install -qq --disable-pip-version-check -r .venv/replay/requirements.txt
	@touch $@

# Ray, fsspec with S3, and the tests' S3, in an environment that sees the crawler's packages behind its own.
fleet: .venv/fleet/ready

.venv/fleet/ready: spiders/fleet/requirements.txt .venv/ready
	@test -x .venv/fleet/bin/python || $(PYTHON) -m venv .venv/fleet
	.venv/fleet/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r spiders/fleet/requirements.txt
	@printf '%s\n' "$(CURDIR)" "$$(cd $(BIN) && ./python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" > "$$(.venv/fleet/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/kickcrawl.pth"
	@touch $@

# Shards, leases and places, and a small fleet that loses workers, Ray's head and its store: about ten minutes.
test-fleet: fleet
	KICKCRAWL_ACCEPTANCE=1 .venv/fleet/bin/python -m pytest -n 0 tests/spiders/fleet

# Readers of what servers send, fuzzed one by one: make fuzz MINUTES=60, or TARGETS="page feed". atheris lies beside
# the rest and sees its packages.
MINUTES ?= 1
TARGETS ?= url date feed rest sitemap listing robots page body

fuzz: .venv/fuzz/ready
	for target in $(TARGETS); do .venv/fuzz/bin/python -m tests.fuzz $$target --minutes $(MINUTES) --corpus .venv/fuzz/corpus/$$target || exit 1; done

.venv/fuzz/ready: pyproject.toml .venv/ready
	@test -x .venv/fuzz/bin/python || $(PYTHON) -m venv .venv/fuzz
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["fuzz"], sep="\n")' > .venv/fuzz/requirements.txt
	.venv/fuzz/bin/python -m pip install -qq --disable-pip-version-check -r .venv/fuzz/requirements.txt
	@printf '%s\n' "$(CURDIR)" "$$(cd $(BIN) && ./python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" > "$$(.venv/fuzz/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/kickcrawl.pth"
	@touch $@

bench: setup
	@$(BIN)/python -m tests.bench

# What an archive of SIZE articles weighs, and what each question to it costs; 10,000 take half a minute.
SIZE ?= 10000

bench-growth: setup
	@mkdir -p data && rm -f data/growth-$(SIZE).db*
	@$(BIN)/python -m tests.bench.growth --articles $(SIZE) --keep data/growth-$(SIZE).db
	@$(BIN)/python -m tests.bench.readers data/growth-$(SIZE).db
	@$(BIN)/python -m tests.bench.readers data/growth-$(SIZE).db --writing 20

# What so many outlets need, from measured costs: the tables of docs/scale.md.
simulate: setup
	@$(BIN)/python -m tests.bench.scale

# Renew the pinned, hashed requirements; needs uv (pip install uv). No registry's address goes into the file.
requirements:
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --upgrade \
	    --custom-compile-command "make requirements" --output-file requirements.txt --quiet
	uv pip compile --group fleet --universal --generate-hashes --no-emit-index-url --upgrade \
	    --custom-compile-command "make requirements" --output-file spiders/fleet/requirements.txt --quiet

# A release is a tag, named after its day: says what is missing, or how to tag it.
release: setup
	@$(BIN)/python -m tests.release
	@$(MAKE) --no-print-directory lint test
	@echo "Now: git tag --annotate v$$($(BIN)/python -c 'import kickcrawl; print(kickcrawl.__version__)') && git push --tags"

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
