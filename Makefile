# Two commands: `make` builds site/ with its PDFs, `make test` runs every test. Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve check test lint format bench bench-phone lock clean
.DEFAULT_GOAL := site

site: $(VENV)/.ready
	@$(BIN)/python build_handbook.py build

serve: $(VENV)/.ready
	@$(BIN)/python build_handbook.py serve

check: $(VENV)/.ready
	@$(BIN)/python build_handbook.py check

test: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/mypy

format: $(VENV)/.ready-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m bench

bench-phone: $(VENV)/.ready-dev
	@$(BIN)/python -m bench.phone

# Pins every package for every platform, from what pyproject.toml allows. The files name no registry.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		pyproject.toml requirements-build.in -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra dev pyproject.toml requirements-build.in -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) site .site-work .site-lock bench/.work

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên; máy này có " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV) || { echo "Không tạo được môi trường Python. Trên Debian/Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Cài các gói cần thiết (chỉ lần đầu)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready | $(VENV)/bin/python
	@echo "Cài các gói để thử nghiệm (chỉ lần đầu)…"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
