# Every target sets up what it needs: once, and again only when what it was made from has changed.
# Written for the make of Debian (GNU 4) and of macOS (GNU 3.81).

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
# `flask users first-link` and `flask demo load` print addresses with it.
export PORT

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --use-pep517
ASSETS := lado/static/vendor/govuk-frontend.min.css
NPM_CI := npm ci --omit=peer --ignore-scripts --no-audit --no-fund --loglevel=error
SERVE := $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --no-control-socket \
	--worker-class gthread --workers 2 --threads 4 --timeout 120 wsgi:app
DEMO := env -u LADO_DATABASE_URL LADO_DEMONSTRATION=1 LADO_INSTANCE="$(CURDIR)/instance/demo"
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo run test coverage lint format bench lock clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.run-time $(VENV)/.development $(ASSETS) ## Set everything up, without starting anything

demo: $(VENV)/.run-time $(ASSETS) ## Serve a filled demonstration (invented people), apart from all else
	@$(DEMO) $(BIN)/flask db upgrade
	@$(DEMO) $(BIN)/flask demo load --if-empty
	@$(DEMO) $(SERVE)

run: $(VENV)/.run-time $(ASSETS) ## Serve the system from instance/ (PORT=8000)
	@$(BIN)/flask db upgrade
	@$(BIN)/flask users first-link
	@$(SERVE)

test: setup ## Run every test (ARGS="-k word", WORKERS=2)
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m tests.support.postgres
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(COVERAGE) $(ARGS)

coverage: COVERAGE := --cov --cov-report=term
coverage: test ## Run every test and say which lines none of them ran

lint: $(VENV)/.development ## Check style, types, layers and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .cache/import-linter
	$(BIN)/djlint templates --lint --quiet

format: $(VENV)/.development ## Put the code in the project's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup ## Measure on 100,000 consultations, each figure beside a bare yardstick
	$(BIN)/python -m tests.bench $(ARGS)

lock: $(VENV)/.development ## Write requirements*.txt anew from pyproject.toml
	$(BIN)/pip install --quiet uv==0.13.9
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group node --output-file requirements-node.txt
	$(LOCK) --group postgres --constraint requirements-dev.txt --output-file requirements-postgres.txt

clean: ## Remove what set-up and checks made; instance/ stays
	rm -rf $(VENV) node_modules lado/static/vendor .cache .coverage htmlcov test-results \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or later, and $(PYTHON) is not. Install one and" >&2; \
		echo "name it, for example: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian: apt install python3-venv" >&2; \
		exit 1; }
	@echo "Setting up in $(VENV) (some minutes on a slow line, and only this once)"
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.run-time: requirements.txt | $(BIN)/pip
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.run-time
	@$(PIP) -r requirements-dev.txt
	@$(BIN)/pip check --disable-pip-version-check
	@touch $@

# The machine's own npm where there is one with Node.js 18 or later, else one in the virtual environment.
node_modules/.installed: package.json package-lock.json .npmrc requirements-node.txt | $(BIN)/pip
	@if npm --version >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; \
		then $(NPM_CI); \
		else $(PIP) -r requirements-node.txt && PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM_CI); fi
	@touch $@

$(ASSETS): node_modules/.installed lado/cli/assets.py | $(BIN)/pip
	@$(BIN)/python -P lado/cli/assets.py
