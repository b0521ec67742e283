# make run: the dashboard on 127.0.0.1:8050. make test: every check. The same commands by hand stand in README.md.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: run test install lint audit bench build

run: install
	$(PY) -m data demo --if-missing
	RTAC_LOCAL=$${RTAC_LOCAL:-on} $(PY) -m gunicorn -c gunicorn.conf.py app:server

test: lint
	sh tools/install_chromium.sh
	$(PY) -m pytest

install: .venv/.installed

lint: .venv/.installed-dev
	$(PY) -m ruff check .
	$(PY) -m pyright
	.venv/bin/lint-imports --no-logo

audit: .venv/.installed-dev
	$(PY) -m pytest -m audit

bench: .venv/.installed-dev
	for part in build readers serving api load first_page checkup rollups browser_checkup deck; do $(PY) -m bench.$$part || exit 1; done

build: install
	$(PY) -m data build $(FILES)

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv && $(PY) -m pip install -q -e . && touch $@

.venv/.installed-dev: pyproject.toml .venv/.installed
	$(PY) -m pip install -q -e '.[dev]' && touch $@
