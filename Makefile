# Needs Python 3.11 or newer and nothing else; uv is used where it is there.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test lint format bench bench-service bite proof fuzz simulate image golden pages

VENV ?= .venv
PYTHON ?= python3
SPEC ?= sample_specs/bookstore.yaml
UV := $(shell command -v uv 2>/dev/null)

PY := $(VENV)/bin/python
INSTALLED := $(VENV)/installed.txt

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 10

setup: $(INSTALLED)  ## Make the environment that everything else runs in

run: $(INSTALLED)  ## Make the bookstore below build/ and serve it; SPEC names another spec, PORT another port
	@exec $(PY) scripts/run_sample.py "$(SPEC)"

test: $(INSTALLED)  ## Run the tests; make test ARGS="tests/unit -k spec" runs some
	$(PY) -m pytest -n auto $(ARGS)

lint: $(INSTALLED)  ## Check style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(INSTALLED)  ## Sort imports and lay out the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(INSTALLED)  ## Measure the tool: its help, new projects of 1 to 300 resources, syncs, by stage
	$(PY) benchmarks/bench_new.py

bench-service: $(INSTALLED)  ## Measure a generated service beside a bare one; wants PostgreSQL and wrk
	PYTHONPATH=tests:benchmarks $(PY) -m service $(ARGS)

bite: $(INSTALLED)  ## Break generated services in some three hundred ways, and see that their own tests notice
	PYTHONPATH=tests $(PY) -m bite $(ARGS)

proof: $(INSTALLED)  ## Every sample on every engine, which takes some hours; wants PostgreSQL and MariaDB
	PYTHONPATH=tests $(PY) -m generated.cluster $(PY) -m pytest -n auto -m "proof or thorough" $(ARGS)

N ?= 1000

simulate: $(INSTALLED)  ## Merge N files with hand edits and changes of the spec at random, and see what is lost
	PYTHONPATH=tests $(PY) -m simulate $(N) $(ARGS)

fuzz: $(INSTALLED)  ## Specs that nobody wrote, a thousand or so many as N says; wants PostgreSQL and MariaDB
	FUZZ_SPECS="$(N)" PYTHONPATH=tests $(PY) -m generated.cluster $(PY) -m pytest -n auto -m proof tests/fuzz $(ARGS)

image: $(INSTALLED)  ## Build the bookstore's Dockerfile with buildah and start it, as root on Debian
	$(PY) scripts/run_image.py sample_specs/bookstore.yaml

golden: $(INSTALLED)  ## Record the expected projects of tests/golden again
	$(PY) -m tests.golden

pages: $(INSTALLED)  ## Run the commands of the pages in docs/ again, and write down what they print
	PYTHONPATH=tests $(PY) -m replay

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
ifdef UV
	uv venv --quiet --python "$(PYTHON)" "$(VENV)"
else
	$(PYTHON) -m venv "$(VENV)"
endif

$(INSTALLED): pyproject.toml | $(PY)
	$(PY) -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print(*p["project"]["dependencies"], *p["dependency-groups"]["dev"], sep="\n")' > "$@"
ifdef UV
	uv pip install --quiet --python "$(PY)" --requirements "$@"
	uv pip install --quiet --python "$(PY)" --no-deps --no-build-isolation --editable .
else
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement "$@"
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
