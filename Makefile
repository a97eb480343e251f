# Two commands first: `make demo` shows Goliard, `make test` proves it. `make help` lists the rest.

PORT ?= 8000
VENV ?= .venv
# the first of these that is new enough, or PYTHON=/path/to/python
PYTHON ?= $(or $(firstword $(foreach python,python3 python3.13 python3.12 python3.11,$(shell $(python) -c '$(IS_NEW)' 2>/dev/null && echo $(python)))),python3)
IS_NEW := import sys; sys.exit(sys.version_info < (3, 11))
# PYTEST: more words for pytest, such as PYTEST="-k placement"; JOBS: parts of the suite at once (0: as many as there are processors, at most 4)
PYTEST ?=
JOBS ?= 0
BENCH ?=

BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet

# An installation is ready when a file named after the contents of its lock stands in it: the second run installs nothing.
# VENV_READY=1 takes an environment as it is and reads the package from src/.
key = $(firstword $(shell cat $(1) 2>/dev/null | cksum))
PACKAGE_READY := $(VENV)/.ready-package-$(call key,pyproject.toml hatch_build.py requirements-build.lock)
RUN_READY := $(VENV)/.ready-run-$(call key,requirements.lock)
DEV_READY := $(VENV)/.ready-dev-$(call key,requirements-dev.lock)
ifdef VENV_READY
export PYTHONPATH := src
RUN := $(PY)
DEV := $(PY)
else
RUN := $(RUN_READY) $(PACKAGE_READY)
DEV := $(RUN) $(DEV_READY)
endif

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset install install-dev test check check-static fix messages lock bench campaign clean

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN) ## Show the demonstration university (PORT=8000); prints its address and sign-ins, keeps its data
	@$(PY) -m goliard demo --port $(PORT)

demo-reset: $(RUN) ## Put the demonstration's data back as they were
	@$(PY) -m goliard demo --reset

install: $(RUN) ## Install into .venv what Goliard needs to run

install-dev: $(DEV)

test: $(DEV) ## Run the tests on SQLite, and those that touch a database on PostgreSQL (PYTEST="-k word" for some)
	@$(PY) scripts/run_tests.py --jobs $(JOBS) $(if $(COVERAGE),--coverage) -- $(PYTEST)

check: $(DEV) ## Everything that a change must pass, what CI runs: the tests with coverage, and the checks that run no test beside them
	@$(PY) scripts/run_tests.py --jobs $(JOBS) --coverage --checks

check-static: $(DEV) ## The checks that run no test: format, lint, types, contracts, migrations, translations, locks
	@$(PY) scripts/check.py

fix: $(DEV) ## Format the code and repair what the linter can repair
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --fix .

messages: $(DEV) ## Bring the Dutch catalogues up to date with the code (needs GNU gettext)
	@$(PY) scripts/translations.py update

lock: ## Make the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	uv pip compile pyproject.toml $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --group build $(LOCK) -c requirements-dev.lock -o requirements-build.lock
LOCK := --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --quiet

bench: $(DEV) ## Measure: run every bench/*/run.py (BENCH=name for one)
	@set -e; for run in bench/$(or $(BENCH),*)/run.py; do [ -f "$$run" ] || continue; echo "== $$run"; $(PY) "$$run"; done

campaign: $(DEV) ## The long tests: fuzz, load, kill
	@$(PY) -m pytest -m campaign $(PYTEST)

clean: ## Remove the environment and what tools left (keeps the demonstration's data in var/)
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

UNFETCHED = { echo "The packages could not be installed: is there a network, and room on the disk? The next make goes on from here."; exit 1; }

$(PY):
	@[ -w . ] || { echo "Nothing can be written in $(CURDIR), where Goliard keeps its environment and its data: make a copy of your own."; exit 1; }
	@$(PYTHON) -c '$(IS_NEW)' || { echo "Goliard needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }

$(RUN_READY): | $(PY)
	@echo "Installing what Goliard needs into $(VENV) (about a minute, once)"
	@$(PIP) install --require-hashes -r requirements.lock || $(UNFETCHED)
	@rm -f $(VENV)/.ready-run-* && touch $@

$(PACKAGE_READY): | $(RUN_READY)
	@$(PIP) install --require-hashes -r requirements-build.lock || $(UNFETCHED)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.ready-package-* && touch $@

$(DEV_READY): | $(PACKAGE_READY)
	@echo "Installing what the tests and checks need into $(VENV) (about a minute, once)"
	@$(PIP) install --no-compile --require-hashes -r requirements-dev.lock || $(UNFETCHED)
	@rm -f $(VENV)/.ready-dev-* && touch $@
