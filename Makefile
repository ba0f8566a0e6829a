# Two commands do everything on a fresh machine: `make demo` and `make test`.
# They need Python 3.11 or newer, make and the package registry; all else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo serve test check format golden lock clean

demo: $(STAMP)  ## the record of the bundled story, in the terminal and as a page
	@$(BIN)/variorum demo --out out --quiet
	@echo
	@$(BIN)/variorum add --example --library out/demo.sqlite --quiet
	@echo "The same record as a page: out/harbour.html"
	@echo "The same story in the application: make serve, then http://127.0.0.1:8033/"

serve: $(STAMP)  ## the application in the browser, with the bundled story in its library
	@mkdir -p out
	@$(BIN)/variorum add --example --library out/demo.sqlite --quiet
	@$(BIN)/variorum serve --library out/demo.sqlite

test: check  ## lint, types, import contract, tests
	$(BIN)/pytest -n 2

check: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(STAMP)  ## put the code into the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

golden: $(STAMP)  ## write the golden records of the bundled stories anew; read the diff before you commit it
	$(BIN)/python tools/golden.py

lock: $(STAMP)  ## resolve the dependencies anew, versions with hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		pyproject.toml --extra postgres --extra ray --group dev -o requirements.lock

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis

# uv installs the set in seconds; it is fetched into the environment if it is not on the path already.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Variorum needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)
