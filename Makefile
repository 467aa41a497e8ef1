# `make demo` and `make test` are all a newcomer needs; each does its own set-up. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
SYSTEM_PARTS := chromium fonts-liberation libatomic1 postgresql
FILES := src tests docs $(wildcard bench manage.py)

.PHONY: help setup demo test check fix lint types contracts docs docs-check test-fast test-postgres test-long bench clean

help: ## List these targets / Liệt kê các lệnh
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv from the lock file, fetching uv when absent / Dựng môi trường
	@deploy/setup.sh

demo: setup ## A made-up province on 127.0.0.1:8000; SIZE=full: 300,000 learners / Chạy thử với dữ liệu bịa
	@$(BIN)/ansinh demo $(if $(SIZE),--size $(SIZE))

test: setup lint types contracts docs-check ## Everything, on SQLite and on PostgreSQL / Toàn bộ kiểm thử
	@deploy/system-parts.sh $(SYSTEM_PARTS)
	$(BIN)/pytest -n auto --dist loadfile
	@$(MAKE) --no-print-directory test-postgres

check: setup lint types contracts docs-check test-fast ## Before each commit, under three minutes / Kiểm nhanh trước khi ghi

fix: setup ## Format the code and mend what can be mended by itself / Tự định dạng và sửa
	@$(BIN)/ruff check --quiet --fix-only $(FILES)
	@$(BIN)/ruff format --quiet $(FILES)

lint: setup ## Style and format
	@$(BIN)/ruff check --quiet $(FILES)
	@$(BIN)/ruff format --quiet --check $(FILES)

types: setup ## Types, strictly
	@$(BIN)/mypy

contracts: setup ## The arrows between the rooms
	@said=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$said"; exit 1; }

docs: setup ## Print docs/reference/ anew from what runs / Sinh lại tài liệu tra cứu
	@$(BIN)/python docs/generate.py

docs-check: setup ## Is docs/reference/ what the code says?
	@$(BIN)/python docs/generate.py --check

test-fast: setup ## Tests without a browser and without the slow ones
	@$(BIN)/pytest -q -n auto --dist loadfile -m "not browser and not slow"

test-postgres: setup ## The tests that touch the database, on a throwaway PostgreSQL
	@deploy/system-parts.sh postgresql
	@# Browser tests see screens, which are the same on either database; they run once, on SQLite.
	@[ ! -d tests/web ] || $(BIN)/python tests/postgres.py $(BIN)/pytest -n auto --dist loadfile -m "not browser" tests/web

test-long: setup ## 50,000 generated learner-years on each engine, Spark too; paying killed 500 times; ANSINH_LEARNERS, ANSINH_SEED / Kiểm thử dài
	@deploy/setup.sh spark
	@deploy/system-parts.sh default-jre-headless
	@$(BIN)/pytest -n auto tests/agree/long_agreement.py tests/agree/long_spark.py
	@ANSINH_KILLS=500 $(BIN)/pytest tests/web/test_payments_killed.py
	@ANSINH_KILLS=500 $(BIN)/python tests/postgres.py $(BIN)/pytest tests/web/test_payments_killed.py

bench: setup ## Every benchmark, appended to bench/history.jsonl / Đo tốc độ
	@for file in $(sort $(wildcard bench/[a-z]*.py)); do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

clean: ## Remove the environment and caches; your data in var/ stays
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
