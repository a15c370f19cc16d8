# KOKKMAS: `make demo` shows the cooperative at work, `make test` proves it. Both set everything up themselves.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes
CATALOGUE := locale/id/LC_MESSAGES/django

.PHONY: demo run test lint check bench setup messages lock stop clean

demo: .venv/.runtime $(CATALOGUE).mo  ## the demo cooperative on http://127.0.0.1:8000
	$(BIN)/python manage.py demo

run: setup  ## the development server on your own data
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py runserver 127.0.0.1:8000

test: setup  ## every test; browser tests need a Chromium
	$(BIN)/python -m pytest

lint: setup  ## style, import layers, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

check: setup  ## Django's deployment checks, in the documented production environment
	env $$(grep -v '^#' docs/operations/production.env | xargs) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup  ## ratios against raw SQL, measured in one run
	$(BIN)/python -m benchmarks

setup: .venv/.dev $(CATALOGUE).mo  ## virtual environment with everything, catalogue compiled

messages: setup  ## collect new sentences into the Indonesian catalogue (needs gettext)
	$(BIN)/python manage.py makemessages --locale id --no-obsolete --no-location --no-wrap --ignore '.venv/*' --ignore 'tests/*' --ignore 'benchmarks/*'
	$(MAKE) $(CATALOGUE).mo

lock:  ## pin the requirements anew (needs uv)
	for set in requirements requirements-demo requirements-dev; do \
	  uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-header $$set.in --output-file $$set.txt; done

stop:  ## stop the embedded PostgreSQL
	-$(BIN)/python -m kokkmas.embedded stop

clean: stop  ## forget the environment and the demo data
	rm -rf .venv .data

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt requirements-demo.txt | .venv/bin/python
	$(PIP) -r requirements.txt -r requirements-demo.txt
	touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	touch $@

$(CATALOGUE).mo: $(CATALOGUE).po | .venv/.runtime
	$(BIN)/python -c "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@
