# Bare `make` prints the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?=
UV_VERSION := 0.13.9
MUTMUT_VERSION := 3.8.1

.DEFAULT_GOAL := help
.PHONY: help report lab test check format lock bench-report bench-accuracy bench-speed bench-actors bench-discourse pictures docs release-check mutants clean

help: ## print these lines
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

# The environment: uv (itself from PyPI) installs exactly what the lock file names, by hash, bytecode compiled.
$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

report: $(VENV)/.ready ## the report on the seed article, or on ARTICLE=path
	@$(BIN)/toward report $(if $(ARTICLE),"$(ARTICLE)")

lab: $(VENV)/.ready ## open the notebooks in JupyterLab
	@ARTICLE="$(ARTICLE)" $(BIN)/jupyter lab notebooks

test: $(VENV)/.ready ## every test, set-up included
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.ready ## format, lint, types and the fast tests; under a minute
	@$(BIN)/ruff format --quiet --check . && $(BIN)/ruff check --quiet . && $(BIN)/mypy && $(BIN)/python -m pytest -m "not slow and not browser"

format: $(VENV)/.ready ## put the code in the house's form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix-only .

lock: $(VENV)/.ready ## rewrite requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras pyproject.toml -o requirements.lock

bench-report: $(VENV)/.ready ## how long the site takes, against the floor of the same run
	@$(BIN)/python benchmarks/report.py

bench-%: $(VENV)/.ready
	@$(BIN)/python benchmarks/$*.py

pictures: $(VENV)/.ready ## make the pictures of the README from the report on the seed article; needs Chromium
	@$(BIN)/python docs/pictures.py

docs: $(VENV)/.ready ## the docs site, in build/docs
	@$(BIN)/python -m sphinx --quiet --jobs auto --fail-on-warning --keep-going --builder html docs build/docs && echo "$(CURDIR)/build/docs/index.html"

release-check: $(VENV)/.ready ## a release's dry run: two equal builds, metadata, installs
	@$(BIN)/python .ci/release_check.py

# mutmut is not in the lock file: it is large, and only those who write tests need it.
mutants: $(VENV)/.ready ## change the code in small ways and see which changes no test notices; a few minutes
	@$(BIN)/uv pip install --quiet --python $(BIN)/python mutmut==$(MUTMUT_VERSION)
	@TOWARD_TEST_EXAMPLES=10 $(BIN)/mutmut run --max-children 2; $(BIN)/python tests/mutants.py

clean: ## remove what was built
	@rm -rf $(VENV) reports build dist mutants .mypy_cache .ruff_cache
