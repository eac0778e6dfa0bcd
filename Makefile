# Two commands: `make book` builds the site, `make test` says whether all is sound. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help book serve why chapter lab test test-all rehearse check bench permalinks edition rates pdf screenshot lock clean python installed tested
PORT ?= 8000
PUBLISHED ?= published
CANDIDATES := $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14)
OURS := .venv/bin/python
# Stacked networks are small: one thread each is several times faster than two that wait for one another.
export OMP_NUM_THREADS := 1
FIND := for p in $(CANDIDATES); do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python="$$p"; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "stopped: no Python 3.11 or newer found (tried: $(CANDIDATES)): install one, or name it: make PYTHON=/path/to/python3" >&2; \
	  exit 1; fi

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | awk -F'\t' '{printf "make %-10s %s\n", $$1, $$2}'

book: installed  ## build the site into _build/html (EXECUTOR=dask://host:port runs the chapters there)
	@$(OURS) -m sphinx_landscaping build $(if $(EXECUTOR),--executor '$(EXECUTOR)')

serve: installed  ## show the site, built again and reloaded after every change (PORT=8000)
	@$(OURS) -m sphinx_landscaping serve --port $(PORT)

why: installed  ## say what a chapter's results depend on (CHAPTER=models/spectrum)
	@$(OURS) -m sphinx_landscaping why $(CHAPTER)

lab: tested  ## open a chapter as a notebook in JupyterLab, as Binder does (CHAPTER=models/spectrum)
	@$(OURS) -m sphinx_landscaping lab $(CHAPTER)

# The address and the title reach the programs as words of the environment: no sign in them is the shell's.
chapter: export CHAPTER_NAME := $(value NAME)
chapter: export CHAPTER_TITLE := $(value TITLE)
chapter: tested  ## write a new chapter that builds and passes (NAME=part/name TITLE="Its title")
	@$(OURS) -m sphinx_landscaping chapter "$$CHAPTER_NAME" --title "$$CHAPTER_TITLE"
	@PYTHONPATH=tests $(OURS) tests/claims/rates.py "$$CHAPTER_NAME" > /dev/null
	@echo "Now: make serve, and change what it shows. Later: make rates CHAPTER=$$CHAPTER_NAME"

# Two more than cores: a test with a browser waits most of its time.
WORKERS = $$(($$(getconf _NPROCESSORS_ONLN) + 2))

test: tested  ## everything: style, import contracts, the strict build, all tests with a browser
	@$(OURS) -m ruff check .
	@$(OURS) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(OURS) -m sphinx_landscaping build --fresh
	@$(OURS) tests/chromium.py
	@$(OURS) -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

test-all:  ## the same, with nothing chosen by lot: every chapter executed twice, many more random edits
	@LANDSCAPING_TESTS=all $(MAKE) --no-print-directory test

# Without the slow marker, the browser, whole experiments, broken contracts, and the shapes checked on every call.
QUICK := -m "not slow" -o addopts="-ra --import-mode=importlib" \
	--ignore tests/browser --ignore tests/claims --ignore tests/contracts

check: tested  ## the part of the tests that takes under 30 seconds
	@$(OURS) -m ruff check .
	@$(OURS) -m ruff format --check .
	@.venv/bin/lint-imports
	@$(OURS) -m pytest -n $$(getconf _NPROCESSORS_ONLN) --dist loadgroup $(QUICK)

bench: tested  ## the tables of times
	@$(OURS) -m benchmarks

permalinks: installed  ## add the labels of the built book to permalinks.lock, before an edition
	@$(OURS) -m sphinx_landscaping permalinks

edition: installed  ## publish the tagged book beside its older editions (PUBLISHED=folder)
	@$(OURS) -m sphinx_landscaping edition --published '$(PUBLISHED)'

rates: tested  ## run every claim on 64 seeds and keep the pass rates (CHAPTER=models/spectrum for one)
	@PYTHONPATH=tests $(OURS) tests/claims/rates.py $(CHAPTER)

rehearse: tested  ## run chapters in a notebook as Binder does, and print what each takes (CHAPTER=models/spectrum)
	@PYTHONPATH=tests $(OURS) tests/launching/rehearse.py $(CHAPTER)

pdf: tested  ## print the whole book as one PDF (_build/pdf)
	@$(OURS) -m sphinx_landscaping build
	@$(OURS) docs/pdf.py

screenshot: tested  ## take the picture in README.md from the built site
	@$(OURS) docs/screenshot.py

lock:  ## renew constraints.txt
	@$(FIND); "$$python" bootstrap.py lock

clean:  ## take away what builds made (.venv stays)
	@rm -rf _build .pytest_cache .ruff_cache .import_linter_cache .hypothesis

installed:
	@$(FIND); "$$python" bootstrap.py install site $(if $(EXECUTOR),dask)

tested:
	@$(FIND); "$$python" bootstrap.py install site test

.DEFAULT:
	@echo "stopped: there is no target '$@': \`make help\` lists them" >&2; exit 2
