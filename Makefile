# Everything from nothing but Python 3.11+ with venv, make and git:
#   make report   the weekly run on the sample data; prints where the PDF is
#   make test     lint, types, tests, notebooks
.DEFAULT_GOAL := help
.PHONY: help report test lab bench fuzz format clean lint types unit notebooks
SHELL := /bin/sh

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null && { echo $$p; break; }; done)
WEEK ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
JOBS ?= 2
LONG ?=

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 is needed and was not found; install it or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[dev,lab,readers,scale,export]'
	@touch $@ $(VENV)/.core $(VENV)/.lab

$(VENV)/.lab: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[lab]'
	@touch $@ $(VENV)/.core

report: $(VENV)/.core ## the weekly run on the sample data (WEEK=2019-W40 for another week)
	@$(BIN)/briefing-kit weekly $(if $(WEEK),--week $(WEEK))

test: $(VENV)/.dev lint types unit notebooks ## lint, types, tests and notebooks

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/pytest -n $(JOBS) --dist loadfile

notebooks: $(VENV)/.dev
	$(BIN)/briefing-kit check

lab: $(VENV)/.lab ## JupyterLab on the explore notebook, without news and update checks
	JUPYTER_CONFIG_PATH=$(CURDIR)/.jupyter $(BIN)/jupyter lab --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate notebooks/explore.ipynb

bench: $(VENV)/.dev ## speed, side by side with other tools where they are installed (LONG=1: up to 100,000 briefings)
	@$(BIN)/python benchmarks $(if $(LONG),--long)
	@for f in regex_growth report weekly bench_widget; do echo; echo "== $$f"; $(BIN)/python benchmarks/$$f.py || exit 1; done

fuzz: $(VENV)/.dev ## a hundred thousand odd inputs for every reader and extractor (RUNS=1000 for fewer; hours)
	$(PIP) install -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m fuzz.run --runs $(or $(RUNS),100000)

screenshots: $(VENV)/.dev ## the pictures of the README, from a real JupyterLab in Chromium
	$(BIN)/python docs/screenshots.py

format: $(VENV)/.dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the environment and caches (reports stay)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
