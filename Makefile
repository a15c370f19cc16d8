# KOKKMAS: `make demo` shows the cooperative at work, `make test` proves it. Both set everything up themselves, inside
# this folder. `make help` lists the rest. Another Python: `make demo PYTHON=python3.13`.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --no-cache-dir --disable-pip-version-check --only-binary=:all: --require-hashes
CATALOGUE := locale/id/LC_MESSAGES/django

.DELETE_ON_ERROR:
.PHONY: help demo run test test-fast mutants lint check bench setup static backup restore scale audit messages lock stop clean

demo: .venv/.runtime $(CATALOGUE).mo  ## the demo cooperative on http://127.0.0.1:8000
	$(BIN)/python manage.py demo

run: setup  ## the development server on your own data
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py runserver 127.0.0.1:8000

test: setup  ## every test; browser tests need a Chromium
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-fast: setup  ## the tests without races, kills, browsers and seeds
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not slow"

mutants: setup  ## one fault at a time in the arithmetic: which does no test notice? ONLY="loans.arithmetic.penalty*"
	$(BIN)/mutmut run $(ONLY)
	$(BIN)/mutmut results

lint: setup  ## style, import layers, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

check: setup  ## Django's deployment checks, in the documented production environment
	set -a && . ./docs/operations/production.env && SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
	  && $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup  ## ratios against raw SQL, measured in one run
	$(BIN)/python -m benchmarks

setup: .venv/.dev $(CATALOGUE).mo  ## virtual environment with everything, catalogue compiled

static: .venv/.runtime $(CATALOGUE).mo  ## what a production server needs: runtime set, catalogue, static files
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0

messages: setup  ## collect new sentences into the Indonesian catalogue (needs gettext)
	$(BIN)/python manage.py makemessages --locale id --no-obsolete --no-location --no-wrap \
	  --ignore '.venv/*' --ignore 'tests/*' --ignore 'benchmarks/*' --ignore 'mutants/*'
	$(MAKE) --silent $(CATALOGUE).mo

lock:  ## pin the requirements anew (needs uv)
	for set in requirements requirements-demo requirements-dev requirements-audit; do \
	  uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-header $$set.in --output-file $$set.txt || exit 1; done

backup: .venv/.runtime $(CATALOGUE).mo  ## everything into one encrypted file (.data/backups, or BACKUP_FOLDER)
	$(BIN)/python manage.py backup

restore: .venv/.runtime $(CATALOGUE).mo  ## FILE=... into an empty database, proven: KEY=... DATABASE=a-new-name
	$(BIN)/python manage.py restore "$(FILE)" $(if $(KEY),--key "$(KEY)") $(if $(DATABASE),--database "$(DATABASE)")

scale: setup  ## all of deploy/ on this machine: load, the primary killed, nothing lost (needs pgbouncer and nginx)
	$(BIN)/python -m deploy.rehearsal

audit: .data/audit/.done .venv/.runtime  ## bill of materials (.data/sbom.json), and known vulnerabilities (needs the internet)
	.data/audit/bin/cyclonedx-py environment .venv --of JSON --output-reproducible --output-file .data/sbom.json
	.data/audit/bin/pip-audit --requirement requirements.txt --require-hashes --disable-pip

.data/audit/.done: requirements-audit.txt
	$(PYTHON) -m venv --clear .data/audit
	.data/audit/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

stop:  ## stop the embedded PostgreSQL
	@test ! -x $(BIN)/python || $(BIN)/python -m kokkmas.embedded stop

clean: stop  ## forget the environment and the data
	rm -rf .venv .data mutants

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name does; do printf '%-10s %s\n' "$$name" "$$does"; done

.venv/.runtime: requirements.txt requirements-demo.txt
	@$(PYTHON) -c 'import sys; sys.exit("KOKKMAS needs Python 3.11 or newer: make PYTHON=...") if sys.version_info < (3, 11) else 0'
	@echo "Setting up .venv; this happens once and takes about half a minute ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt -r requirements-demo.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Adding what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po | .venv/.runtime
	@$(BIN)/python -c "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@
