# `make site` and `make test` each work alone in a fresh clone; they need Python 3.11 or newer with pip and venv.
# PYTHON=python3.12 make site     takes another Python for the virtual environment
# make test ARGS="-k timeline"    hands arguments to pytest

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet

# What decides whether an installation is out of date.
SETUP := pyproject.toml hatch_build.py templates/package.json templates/package-lock.json templates/lunr.LICENSE.txt

# What the benches need; not part of the repository: real documents, and a folder that sets up the peers.
BULK ?= ../shared/notices/bulk.tar.xz
BENCH ?= ../shared/bench
# Notices of the collections that are searched; 10000 takes a quarter of an hour, and Pagefind 9 GB of memory.
SIZES ?= 1000

.PHONY: help site test check bench bench-convert bench-search serve clean

help:
	@echo "make site    build the site of this folder into output/"
	@echo "make serve   build, show it on this machine, rebuild at each change"
	@echo "make test    run the tests"
	@echo "make check   run the linter and the type checker"
	@echo "make bench   what follows, where its inputs are there:"
	@echo "  make bench-convert   convert a large set of real documents: speed, economy, laws (BULK=documents.tar.xz)"
	@echo "  make bench-search    search beside Pagefind: bytes, time, memory, exactness (SIZES=\"1000 10000\")"
	@echo "make clean   remove what can be made again, .venv apart"

site: $(VENV)/.sitegen-installed
	$(RUN) -m sitegen build

serve: $(VENV)/.sitegen-installed
	$(RUN) -m sitegen serve

test: $(VENV)/.sitegen-dev-installed
	$(RUN) -m pytest $(ARGS)

check: $(VENV)/.sitegen-dev-installed
	$(RUN) -m ruff check .
	$(RUN) -m mypy

bench: $(VENV)/.sitegen-dev-installed
	@if test -f "$(BULK)"; then $(MAKE) --no-print-directory bench-convert; else \
		echo "Left out: converting real documents. $(BULK) is not there; name an archive: BULK=documents.tar.xz"; fi
	@BENCH="$(BENCH)" $(RUN) -m tests.bench.search --sizes "$(SIZES)" $(ARGS); status=$$?; \
		if [ $$status -eq 3 ]; then echo "Left out: search beside Pagefind."; else exit $$status; fi

bench-convert: $(VENV)/.sitegen-dev-installed
	@test -f "$(BULK)" || { echo "$(BULK) is not there; name an archive of texts: BULK=documents.tar.xz"; exit 1; }
	$(RUN) tests/bench/convert.py "$(BULK)"

bench-search: $(VENV)/.sitegen-dev-installed
	BENCH="$(BENCH)" $(RUN) -m tests.bench.search --sizes "$(SIZES)" $(ARGS)

clean:
	rm -rf output .sitegen build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Stamps, so that a second call does not install again.

$(VENV)/.sitegen-venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sitegen needs Python 3.11 or newer; name one: PYTHON=python3.12 make site"; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.sitegen-installed: $(VENV)/.sitegen-venv $(SETUP)
	@echo "Installing sitegen into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.sitegen-dev-installed: $(VENV)/.sitegen-venv $(SETUP)
	@echo "Installing sitegen and its developers' tools into $(VENV) ..."
	@$(PIP) install --editable ".[dev]"
	@touch $(VENV)/.sitegen-installed $@
