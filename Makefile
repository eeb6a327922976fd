# What a developer types. `make` alone explains itself.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.user: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip # older ones cannot resolve the developer's packages
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.user
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(VENV)/.dev ## a virtual environment with everything a developer needs

demo: $(VENV)/.user ## the main job on synthetic data: a verdict table and demo/report.html
	$(BIN)/exportgate demo demo

test: $(VENV)/.dev ## every test
	$(BIN)/python -m pytest -n 2

refresh: $(VENV)/.dev ## what is made of YAML and C beforehand, made anew: after a change of either
	$(BIN)/python -m exportgate.benchmarks.refresh

lint: $(VENV)/.dev ## formatting and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/.dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

bench: $(VENV)/.dev ## speed against reading alone and peers (DATAPROFILER=its python); writes benchmarks/results.md
	$(BIN)/python -m benchmarks $(if $(DATAPROFILER),--dataprofiler $(DATAPROFILER))
	$(BIN)/python benchmarks/mapping.py

bench-detection: $(VENV)/.dev ## which columns are whose, by us, by Presidio, by DataProfiler (DATAPROFILER=its python)
	$(BIN)/python -m benchmarks.detection $(if $(DATAPROFILER),--dataprofiler $(DATAPROFILER))

soak: $(VENV)/.dev ## long runs: simulators, kill -9, racing processes
	$(BIN)/python -m pytest -n 2 --soak tests/ledger tests/audit tests/recognizers/test_wide_offsets.py

docs: $(VENV)/.dev ## regenerate the pages of docs/ that are made from code and data
	$(BIN)/python tests/mapping/catalogue_page.py
	$(BIN)/python tests/recognizers/entities_page.py

.PHONY: help install demo test refresh lint format types bench bench-detection soak docs
