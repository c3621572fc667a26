# Two commands do all: `make review` and `make test`. Only Python ≥ 3.11 with pip is needed.
PYTHON ?= python3
BIN := .venv/bin
FILE ?= corpus/samples/S04-food-advanced-weak.docx
CI ?=

.PHONY: review test lint docs eval bench train soak serve clean

# The environment: made once, renewed when the lock changes.
.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q reviewer models api
	touch $@

review: .venv/.ready
	@$(BIN)/reviewer review "$(FILE)" --fail-on never

test: .venv/.ready lint
	$(BIN)/python tests/needs.py
	$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile

lint: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generated.py --check

docs: .venv/.ready
	$(BIN)/python tools/generated.py

eval: .venv/.ready
	$(BIN)/python -m models.evaluate
	$(BIN)/python -m models.evidence_evaluate corpus/examples/evidence/heldout
	$(BIN)/python -m tests.evaluation

bench: .venv/.ready
	$(BIN)/python -m tests.bench

train: .venv/.ready
	$(BIN)/python -m models.train
	$(BIN)/python -m models.evidence_train
	$(BIN)/python -m models.verdict_train

soak: .venv/.ready
	$(BIN)/python -m pytest -m soak

serve: .venv/.ready
	$(BIN)/reviewer serve

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
