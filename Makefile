# Parvis needs python3.11 (with venv) and make; everything else is installed here from hash-pinned lists.
PYTHON ?= python3.11
BIN := .venv/bin
# The checking tools bring the product's packages with them: once they are there, they are kept up to date instead.
INSTALLED := $(or $(wildcard .venv/.dev),.venv/.base)
PYTEST := $(BIN)/python -m pytest -n 2

.PHONY: demo engines serve test test-postgresql crash check bench compare-openfisca lock docs clean
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	@$(BIN)/parvis demo

engines: $(INSTALLED)
	@$(BIN)/parvis engine install

serve: $(INSTALLED)
	@$(BIN)/parvis serve

test: .venv/.dev
	@scripts/system-packages
	@PYTHON=$(PYTHON) scripts/foreign-tools
	-@$(BIN)/parvis engine install
	@echo "Essais sur SQLite"
	@$(PYTEST)

test-postgresql: .venv/.dev
	@scripts/system-packages
	@PYTHON=$(PYTHON) scripts/foreign-tools
	@echo "Essais sur PostgreSQL"
	@$(BIN)/python scripts/with_postgresql.py $(PYTEST)

# Kills our server, not PostgreSQL: the embedded one runs without fsync.
crash: .venv/.dev
	@PARVIS_KILLS=30 $(BIN)/python -m pytest tests/core/processes/voting/test_storm.py tests/core/ledger/test_crash.py
	@PARVIS_KILLS=30 $(BIN)/python scripts/with_postgresql.py $(BIN)/python -m pytest \
	  tests/core/processes/voting/test_storm.py tests/core/ledger/test_crash.py

check: .venv/.dev
	@$(BIN)/python scripts/check.py

compare-openfisca: .venv/.dev
	@$(BIN)/python benchmarks/simulators/comparing.py --cases 100 --changes 10 --households 4000 --years 2022,2023,2024

bench: .venv/.dev
	@$(BIN)/parvis bench

lock: .venv/.uv
	@for list in uv build base dev; do \
	  echo "Verrouiller requirements/$$list.txt"; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	    requirements/$$list.in -o requirements/$$list.txt || exit 1; \
	done
	@for list in src/parvis/*/engines/*/requirements.in src/parvis/*/engines/*.in; do \
	  echo "Verrouiller $${list%.in}.txt"; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes $$list -o $${list%.in}.txt || exit 1; \
	done

docs: .venv/.dev
	@$(BIN)/python scripts/reference.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/.uv: requirements/uv.txt
	@command -v $(PYTHON) >/dev/null || { echo "Il manque $(PYTHON). Sous Debian 12 : apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Il manque le module venv de Python. Sous Debian 12 : apt install python3-venv"; exit 1; }
	@echo "Environnement Python (.venv)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.base: .venv/.uv requirements/base.txt requirements/build.txt
	@echo "Bibliothèques de Parvis (requirements/base.txt)"
	@$(BIN)/uv pip sync -q --require-hashes requirements/base.txt
	@$(BIN)/uv pip install -q --require-hashes -r requirements/build.txt
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation --offline -e .
	@touch $@

.venv/.dev: .venv/.uv requirements/dev.txt
	@echo "Bibliothèques et outils de vérification (requirements/dev.txt)"
	@$(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation --offline -e .
	@touch $@
