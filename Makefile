# Every target installs what it needs; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Some machines tell Python to keep nothing that it compiled; then every process here, of which a
# test run starts a hundred, would compile three thousand files anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo run test suite check types lint bench translations venv system

BIN := .venv/bin
# What is never imported need not be compiled; the rest is when it first is.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-compile
# The stamps are younger than the lists they were installed from; that makes the second run quick.
RUNTIME := .venv/.runtime-installed
TOOLS := .venv/.tools-installed

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' \
		| while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

demo: $(RUNTIME) ## Run a fictitious office with its own database
	@exec $(BIN)/python tools/serve.py demo

run: $(RUNTIME) ## Run the service on your own data under var/ (both honour HOST and PORT)
	@exec $(BIN)/python tools/serve.py run

test: ## Run all checks and, beside them, the whole suite; either failing fails it
	@$(MAKE) --jobs=2 check suite

suite: $(TOOLS) system ## Run the whole suite on SQLite, PostgreSQL and a real browser
	$(BIN)/python -m pytest --db both --browser -n 3 --dist loadgroup

check: $(TOOLS) ## Run the static guards: style, types, contracts, templates, catalogues, vendored files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/template_lint.py
	$(BIN)/python tools/catalogue.py check
	$(BIN)/python tools/vendored_files.py

types: $(TOOLS) ## Check types only
	$(BIN)/mypy

lint: $(TOOLS) ## Check style only, and repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(TOOLS) ## Measure the pages at seeded sizes; writes var/bench/latest.json and a table
	$(BIN)/python -m bench

translations: $(TOOLS) ## Bring the Thai catalogues in step with the texts in the code
	$(BIN)/python tools/catalogue.py update

venv: $(TOOLS) ## Make .venv with everything that checks and tests need

# Any Python will do, so that Debian's packages come while the virtual environment is made.
system:
	$(firstword $(shell command -v python3 python3.13 python3.12 python3.11)) tools/system_packages.py

$(RUNTIME): requirements.txt constraints.txt
	@tools/make_venv.sh
	$(PIP) -r requirements.txt -c constraints.txt
	@touch $@

$(TOOLS): requirements-dev.txt $(RUNTIME)
	$(PIP) -r requirements-dev.txt -c constraints.txt
	@touch $@
