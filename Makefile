# Everything that one does with Labelbus in a checkout. What is made lies in .labelbus/, .venv/ and node_modules/ of the
# checkout; outside it only the caches of the package managers, and for `make test` what apt installs.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

NEED := deploy/local/need.sh
ONCE := deploy/local/once.sh
WEB := services/gateway/web
NPM := npm --prefix $(WEB)
PYTHON := .venv/bin/python
WEB_SOURCES := $(addprefix $(WEB)/,src public scripts index.html package-lock.json tsconfig.json vite.config.ts)
# Tests of one folder share what they start, so a folder stays on one worker (tests/conftest.py). Three keep two cores busy:
# one of them is always waiting for something.
WORKERS := -n 3 --no-loadscope-reorder
READERS := .labelbus/readers
RIVAL := .labelbus/rival
# A tool of the checkout is found behind those of the system.
export PATH := $(PATH):$(CURDIR)/.labelbus/tools/bin
# uv could fetch a Python from a place that not every network reaches.
export UV_PYTHON_PREFERENCE := only-system
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
# Once here instead of at each start, also where Python was told to write no bytecode; `make clean` removes what is ours.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: run
run: install ui ## Run all of Labelbus here, with Kafka, MongoDB and S3; Ctrl-C stops it
	@exec $(PYTHON) -m deploy.local run

.PHONY: recount
recount: ## Compare all counters of the Labelbus that runs here with its items; ARGS="--project ID --repair"
	@$(PYTHON) -m deploy.local recount $(ARGS)

.PHONY: install
install: ## Install everything that a run needs: uv, Python packages, node packages, Kafka
	@$(NEED) python uv node
	@$(ONCE) python-packages $(PYTHON) pyproject.toml uv.lock -- uv sync --frozen --all-extras --inexact
	@$(ONCE) node-packages $(WEB)/node_modules $(WEB)/package.json $(WEB)/package-lock.json -- \
		$(NPM) ci --no-audit --no-fund
	@$(ONCE) kafka .labelbus/jars deploy/local/jars.py -- $(PYTHON) -m deploy.local prepare

.PHONY: ui
ui: install ## Build the web UI, if its sources have changed
	@$(ONCE) ui services/gateway/static/index.html $(WEB_SOURCES) -- $(NPM) run build

.PHONY: test
test: test-web test-tools ## Everything that must hold at each change but `make check`; ARGS= goes to pytest
	$(PYTHON) -m pytest $(WORKERS) --ignore=tests/check $(ARGS)

.PHONY: test-tools
test-tools: install ui ## Install what only the tests need: a Chromium and libcurl, by apt where that is allowed
	@$(NEED) curl chromium

.PHONY: pictures
pictures: test-tools ## Take the pictures of the README, and of every screen into .labelbus/pictures
	LABELBUS_PICTURES=1 $(PYTHON) -m pytest tests/e2e/test_screens.py

.PHONY: test-web
test-web: install ## The unit tests of the web UI
	$(NPM) test

.PHONY: readers
readers: install ## Install what reads our exports in the long tests: Datumaro, Label Studio, mltable, torchvision; 6 GB
	@$(ONCE) readers $(READERS)/bin/python tests/export/readers/requirements.txt -- bash -c \
		"uv venv -q --clear $(READERS) && uv pip install -q --python $(READERS)/bin/python -r tests/export/readers/requirements.txt"

.PHONY: rival
rival: install ## Install Label Studio, which `make bench` then measures beside us; 800 MB
	@$(ONCE) rival $(RIVAL)/bin/label-studio bench/rival-requirements.txt -- bash -c \
		"uv venv -q --clear $(RIVAL) && uv pip install -q --python $(RIVAL)/bin/python -r bench/rival-requirements.txt"

.PHONY: proof
proof: test-tools readers ## The long tests: full matrices, all crash points; hours, resumable; writes docs/proof/; ARGS= goes to pytest
	$(PYTHON) -m pytest -p tests.proof -m proof --timeout=0 $(ARGS)

.PHONY: check
check: install ## Formatting, lint, types, imports, sizes and contracts, of Python, proto and web
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	$(PYTHON) -m pytest -q tests/check
	cd proto && ../.venv/bin/buf lint && ../.venv/bin/buf breaking --against released.binpb
	$(NPM) run check

.PHONY: format
format: install ## Format Python and proto, and repair what lint can
	.venv/bin/ruff format
	.venv/bin/ruff check --fix
	.venv/bin/buf format -w proto

.PHONY: proto
proto: install ## Take the present contracts as the released ones, if nothing that was released breaks
	cd proto && ../.venv/bin/buf lint && ../.venv/bin/buf breaking --against released.binpb
	cd proto && ../.venv/bin/buf build -o released.binpb

.PHONY: bench
bench: install ui ## Measure what the README quotes; prints tables and writes JSON, which `python -m bench.readme` quotes
	@missed=0; $(PYTHON) -m bench $(ARGS) || missed=1; $(PYTHON) -m bench.data $(DATA) || missed=1; exit $$missed

.PHONY: bench-page
bench-page: install ui ## Measure the labeling page in Chromium: 5,000 polygons, masks, DICOM, long texts; writes JSON
	@missed=0; for part in annotator masks texts; do $(PYTHON) -m bench.$$part || missed=1; done; exit $$missed

.PHONY: clean
clean: ## Remove data, logs, builds and caches of this checkout; what was downloaded stays
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m deploy.local clean; fi
	rm -rf services/gateway/static bench/out dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find $(wildcard services deploy tests bench examples proto) -name __pycache__ -type d -prune -exec rm -rf {} +
