# The first call prepares the machine and .venv (scripts/setup.sh); later calls find nothing to do.
# `make help` lists what there is.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:

bin := .venv/bin
code := poe_pack tests $(wildcard bench fuzz mutation scripts)
types := poe_pack tests $(wildcard bench fuzz mutation)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

.PHONY: setup
setup: ## prepare .venv and the native libraries
	@scripts/setup.sh

.PHONY: demo
demo: setup ## check the worked example and render a packet and the status report
	$(bin)/poe-pack validate claims --as-of 2026-11-21
	$(bin)/poe-pack status claims --as-of 2026-11-21
	$(bin)/poe-pack packet claims/azure-seminar-goteborg -o dist/packets
	$(bin)/poe-pack report claims --as-of 2026-11-21 -o dist/report
	@echo
	@echo 'Look at'
	@echo '  dist/packets/azure-seminar-goteborg/packet.pdf         the packet for sign-off and audit'
	@echo '  dist/packets/azure-seminar-goteborg/portal-sheet.html  what to copy into the portal'
	@echo '  dist/packets/azure-seminar-goteborg/upload/            what to upload there'
	@echo '  dist/report/index.html                                 the status of all claims'

.PHONY: test
test: ## check code style, types and layers, then run all tests
	@scripts/setup.sh test
	@$(MAKE) check
	$(bin)/python -m pytest -n auto

.PHONY: check
check: setup ## code style, types and layers only
	$(bin)/ruff check $(code)
	$(bin)/ruff format --check $(code)
	$(bin)/mypy $(types)
	$(bin)/lint-imports

.PHONY: format
format: setup ## put the code into its form and mend what is safe to mend
	$(bin)/ruff check --fix $(code)
	$(bin)/ruff format $(code)

.PHONY: bench
bench: setup ## measure against peers
	$(bin)/python -m bench

.PHONY: fuzz
fuzz: setup ## check documents made at random: make fuzz INPUTS=1000000 SEED=7
	$(bin)/python -m fuzz --inputs $(or $(INPUTS),20000) --seed $(or $(SEED),0)

.PHONY: mutants
mutants: setup ## is there a case for whatever could be wrong in a rule: make mutants ONLY="cost funds/_caps POE711"
	$(bin)/python -m mutation $(ONLY)

.PHONY: example
example: setup ## make the evidence files of the worked example again
	$(bin)/python scripts/make_example.py

.PHONY: rulebooks
rulebooks: setup ## compile the shipped rulebooks to JSON
	$(bin)/python -m poe_pack.rulebook.compile

.PHONY: docs
docs: setup ## write the generated pages of docs/ again
	$(bin)/python scripts/make_docs.py

.PHONY: clean
clean: ## remove everything that make made, .venv too
	rm -rf .venv dist build bench/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
