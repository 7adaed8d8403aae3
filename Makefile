# make demo: the sample registers, loaded, checked and written out; then the terminal UI, if this is a terminal.
# make test: lint, types, import contracts, tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
STAMP := $(VENV)/.installed
ON := 2026-11-21

.PHONY: demo test lint types contracts unit docs screenshots bench lock clean

demo: $(STAMP)
	$(BIN)/ropa --db exports/demo.db demo --data data --exports exports

test: lint types contracts unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n auto

docs: $(STAMP)
	$(BIN)/ropa schema --format md -o docs/register-file.md
	$(BIN)/python -m tests.cli.commands_page docs/commands.md
	$(BIN)/python -m tests.rules.case_book docs/transfer-cases.md
	$(BIN)/python -m tests.records.record_fields_page docs/record-fields.md

screenshots: $(STAMP)
	$(BIN)/python -m tests.tui.pictures docs/pictures

bench: $(STAMP)
	$(BIN)/python -m tests.bench.hops
	$(BIN)/python -m tests.bench.screens

lock:
	uv pip compile pyproject.toml --extra dot --extra pdf --extra xlsx --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock

clean:
	rm -rf $(VENV) exports/*.db exports/*.db-*

# One environment for both, from the locked and hashed requirements; remade when they change.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("ropa needs Python 3.11 to 3.13; this is " + sys.version.split()[0] if not (3, 11) <= sys.version_info < (3, 14) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
