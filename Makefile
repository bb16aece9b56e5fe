# The one front door: `make help` lists what there is to do. Everything is installed into .venv, with
# the versions of constraints.txt.

PYTHON  ?= python3

# Given on the command line only: some shells export HOST, and it must not decide who can connect.
HOST    := 127.0.0.1
PORT    := 8000
LIBRARY :=

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check
FOLDERS := corpus embeddings prompts web server

# Written last, so a stamp says that the installation before it was finished.
RUNTIME := $(VENV)/.installed
TESTING := $(VENV)/.installed-test

# There only while pip works. Left over, it says that pip was killed, perhaps between two files.
UNFINISHED := $(VENV)/.unfinished
INSTALL = touch $(UNFINISHED); $(PIP) install -c constraints.txt -e '$(1)'; \
    status=$$?; rm -f $(UNFINISHED); exit $$status

# A usable environment is not left unfinished, has a Python that is new enough and a working pip, and
# was made here: a moved or copied one starts the programs of the place it was made in. One that is
# not usable is made anew.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
USABLE := [ ! -e $(UNFINISHED) ] && \
    $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null && \
    $(BIN)/python -m pip --version >/dev/null 2>&1 && \
    grep -qF "$(CURDIR)/$(VENV)/bin/" $(BIN)/pip

ifneq ($(shell $(USABLE) && echo yes),yes)
$(RUNTIME) $(TESTING): unusable
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help serve test lint types imports pytest format messages chromium lock clean install unusable

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '  make serve HOST=127.0.0.1 PORT=8000 LIBRARY=folder; PYTHON=python3.12 makes .venv with that Python'

serve: $(RUNTIME) ## install what is needed and start the web page and API
	$(BIN)/casequote serve --host '$(HOST)' --port '$(PORT)' $(if $(LIBRARY),--library '$(LIBRARY)')

test: lint types imports pytest ## install what is needed and run every check, as CI does

lint: $(TESTING) ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTING) ## mypy, strict
	$(BIN)/mypy

imports: $(TESTING) ## import-linter: the direction of imports
	$(BIN)/lint-imports

pytest: $(TESTING) ## the tests; ARGS="-k words" chooses among them
	$(BIN)/python -m pytest $(ARGS)

format: $(TESTING) ## put the code into the agreed form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: $(TESTING) ## bring the message files of the pages up to date
	$(BIN)/python tools/messages.py

chromium: ## install the browser that the tests of the pages drive (Debian; as root)
	apt-get update && apt-get install --yes chromium

install: $(TESTING) ## only install, with what the tests need

lock: $(TESTING) ## write the versions that are installed into constraints.txt
	@$(PIP) freeze --exclude-editable --exclude setuptools --exclude wheel > $(VENV)/frozen.txt
	@{ sed -n '/^#/p' constraints.txt; \
	   sed -e '/ @ /d' -e '/^nvidia-/d' -e '/^cuda-/d' -e '/^triton==/d' -e 's/+[A-Za-z0-9.]*$$//' \
	       $(VENV)/frozen.txt | LC_ALL=C sort -f; } > $(VENV)/constraints.txt
	@cmp -s $(VENV)/constraints.txt constraints.txt || cp $(VENV)/constraints.txt constraints.txt
	@touch $(RUNTIME) && touch $(TESTING)

clean: ## remove .venv, caches and build outputs
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache \
	    .import_linter_cache .hypothesis
	find $(FOLDERS) tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): pyproject.toml constraints.txt
	@rm -f $(RUNTIME) $(TESTING)
	@{ $(USABLE); } || { \
	    '$(PYTHON)' -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	        version=$$('$(PYTHON)' --version 2>&1) || version=missing; \
	        echo "CaseQuote needs Python 3.11 or newer; '$(PYTHON)' is $$version." \
	             "Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	    echo "Making $(VENV)"; '$(PYTHON)' -m venv --clear $(VENV); }
	$(call INSTALL,.)
	@touch $@

$(TESTING): $(RUNTIME)
	@rm -f $(TESTING)
	$(call INSTALL,.[test])
	@touch $@
