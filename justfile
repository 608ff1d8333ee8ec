# The recipes that people and .ci/run call. `just` lists them.

[private]
default:
    @just --list

# the demonstration on http://127.0.0.1:8000/
demo:
    uv run linli demo

# the test suite on SQLite
test *arguments:
    uv run linli test {{arguments}}

# the test suite on a private PostgreSQL
test-postgresql *arguments:
    uv run linli test --engine postgresql {{arguments}}

# what the measured run (CONTRIBUTING) did not reach of rules and writes; fails below the floor
coverage:
    uv run coverage combine -q
    uv run coverage report

# Ruff: rules and format; no mark of a merge left
lint:
    ! git grep -nE '^(<<<<<<<|>>>>>>>)( |$)'
    uv run ruff check
    uv run ruff format --check

# write the format
format:
    uv run ruff format
    uv run ruff check --fix

# mypy, strict
types:
    uv run mypy linli

# import contracts
imports:
    uv run lint-imports --no-cache

# generated pages, then the documentation
docs:
    uv run mkdocs build --strict --quiet

# bring the message catalogues up to date (needs gettext)
messages:
    for app in linli/*/; do if ls $app/apps.py >/dev/null 2>&1; then mkdir -p $app/locale && (cd $app && uv run django-admin makemessages -l zh_Hans --no-location --no-wrap -v 0); fi; done

# write the exact versions into pyproject.toml and requirements.txt, without hosts
pin:
    uv run python tools/pin.py

# every benchmark, as ratios
benchmarks:
    for file in benchmarks/*.py; do uv run python $file; done
