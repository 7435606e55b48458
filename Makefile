# `make help` lists what there is. The Python to begin with: any from 3.11 on.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
NODE := client/node.sh
SEED ?= 1
HISTORIES ?= 10000
OUT ?= erklaerung.pdf
STAGE ?= drafting

# Installs what a lock file names and counts along; the output is shown when it fails.
define install
{ $(PY) -m pip install --disable-pip-version-check --no-color --progress-bar off --require-hashes -r $(1) 2>&1; \
  echo $$? >.venv/status; } | tee .venv/install.log \
  | awk -v all="$$(grep -c '==' $(1))" '/^Collecting/ { printf "\r  %d of %d", ++n, all; fflush() } END { print "" }'; \
test "$$(cat .venv/status)" = 0 || { tail -n 20 .venv/install.log; exit 1; }
endef

# Stories wait for browsers half of their time; Python's other tests, and the client's, run beside them and fill
# it. In each run the longest begin first (tests/conftest.py), xdist shall leave that order.
WORKERS = $(shell $(PY) -c 'import os; print(max(2, min(4, os.cpu_count())))')
PYTEST = $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Tests start a hundred interpreters, which need not compile the server each.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help-pictures judge demo-pdf vectors help setup setup-dev run demo-reset test test-python test-stories test-client check check-types check-rest format catalogues bench soak lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: .venv/.runtime client/dist/main.js  ## environment and client, nothing else

run: setup  ## serve the demo on http://127.0.0.1:8000 (PORT, KRAFTAKT_DATA); STAGE=drafting, signing, sealed, embargoed or published
	@exec env KRAFTAKT_DEMO=1 KRAFTAKT_DATA="$${KRAFTAKT_DATA:-var}/$(STAGE)" $(PY) -m server demo --stage $(STAGE)

demo-reset:  ## forget the demo's data of one STAGE; the next `make run` begins it anew
	@data="$${KRAFTAKT_DATA:-var}/$(STAGE)"; rm -rf "$$data"/kraftakt.db* "$$data"/mail && echo "The demo begins anew with the next 'make run STAGE=$(STAGE)'."

test: setup-dev  ## everything: domain, storage, sync, documents, web, client, the story in Chromium
	@sh tests/need.sh
	@$(MAKE) --no-print-directory -j3 test-python test-stories test-client

test-python: setup-dev
	@$(PYTEST) --ignore tests/story

test-stories: setup-dev
	@$(PYTEST) tests/story >.venv/stories.txt 2>&1; status=$$?; cat .venv/stories.txt; exit $$status

test-client: setup-dev
	@$(NODE) npm --prefix client test --silent >.venv/client.txt 2>&1; status=$$?; cat .venv/client.txt; exit $$status

check: setup-dev  ## format, lint, types, imports, client types
	@$(MAKE) --no-print-directory -j2 check-types check-rest

check-types: setup-dev
	@.venv/bin/mypy --no-error-summary && echo "types: good"

check-rest: setup-dev
	@.venv/bin/ruff format --check --quiet server tests bench && echo "format: good"
	@.venv/bin/ruff check --quiet server tests bench && echo "lint: good"
	@.venv/bin/lint-imports --no-cache >.venv/imports.txt && echo "imports: good" || { cat .venv/imports.txt; exit 1; }
	@$(NODE) npm --prefix client run --silent check && echo "client: good"

format: setup-dev  ## put everything into its form
	@.venv/bin/ruff check --fix --quiet server tests bench; .venv/bin/ruff format --quiet server tests bench
	@$(NODE) npm --prefix client run --silent format

catalogues: setup-dev  ## sentences without translation, translations without sentence; UPDATE=1 adds the missing
	@$(PY) -m tests.web.compare_catalogue $(if $(UPDATE),--update)

vectors: setup-dev  ## test vectors for other verifiers, good and bad files: make vectors OUT=folder
	@KRAFTAKT_ALL_VECTORS=1 $(PY) -m tests.vectors "$(if $(filter file,$(origin OUT)),vectors,$(OUT))"

judge: .venv/.dev  ## LibreOffice and the schemas judge the Word and ODT files; verdicts are kept as test data
	@/usr/bin/python3 -c "import uno" 2>/dev/null && command -v soffice >/dev/null || \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer python3-uno >/dev/null; }
	@test -x .build/judge/bin/openxml-audit || { $(PY) -m venv .build/judge && \
	  .build/judge/bin/pip install -q openxml-audit==0.8.0; }
	@$(PY) -m tests.documents.word.judge .build/judge/bin/python

help-pictures: setup-dev  ## take the pictures of the help anew, while the demo is walked
	@KRAFTAKT_HELP_PICTURES=client/help $(PY) -m pytest -q tests/story/test_pictures_of_the_help.py

demo-pdf: setup  ## the sealed PDF of the demo with 51 sign-offs: make demo-pdf OUT=file
	@$(PY) -m server demo-pdf "$(OUT)"

bench: setup-dev  ## measure against peers; results in bench/results
	@$(NODE) node bench/main.mjs

soak: setup-dev  ## long run of random editing histories: make soak SEED=1 HISTORIES=100000
	@$(NODE) npm --prefix client run --silent soak -- $(SEED) $(HISTORIES)

lock: setup-dev  ## renew requirements*.txt from pyproject.toml
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.txt
	@.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -c requirements.txt -o requirements-dev.txt

clean:  ## remove environment and build, keep the data
	@rm -rf .venv client/node_modules client/dist

setup-dev: .venv/.dev client/dist/main.js

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Kraftakt needs Python 3.11 or newer with venv (Debian: apt install python3-venv)."; exit 1; }
	@echo "Making the environment with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	@test -e .venv/.dev || { echo "Installing the server's packages …"; $(call install,requirements.txt); }
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing packages for server and tests …"
	@$(call install,requirements-dev.txt)
	@touch $@ .venv/.runtime

client/node_modules/.ready: client/package.json client/package-lock.json | .venv/bin/python
	@echo "Installing the client's packages …"
	@$(NODE) npm --prefix client ci --silent --no-audit --no-fund
	@touch $@

client/dist/main.js: client/node_modules/.ready $(shell find client/src client/styles -type f 2>/dev/null) client/build.mjs
	@echo "Building the client …"
	@$(NODE) npm --prefix client run --silent build
	@touch $@
