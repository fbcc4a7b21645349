# Each target is what a reader could type. The two that matter: `make run`, `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
NPM := scripts/npm.sh

.PHONY: help run test test-quick test-browser web check fmt lint protocol screenshots bench bench-catalog bench-bot bench-cobrowse bench-fidelity clean

help: ## What there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: ## Build everything and start the demo: console on http://127.0.0.1:8080, store on http://localhost:8081
	@scripts/need.sh run
	@echo "1/3 Building the widget and the console…"
	@$(NPM) build
	@echo "2/3 Building the server (the first time takes some minutes)…"
	@cargo build --profile quick --locked
	@echo "3/3 Starting the demo…"
	@exec $${CARGO_TARGET_DIR:-target}/quick/comptoir demo

test: ## Everything that CI runs: format, lint, unit tests, journeys, browser
	@scripts/test.sh all

test-quick: ## The same without the browser
	@scripts/test.sh quick

test-browser: ## Only the journeys in Chromium
	@scripts/test.sh browser

web: ## Build the widget and the console
	@$(NPM) build

check: ## Types, lint and unit tests of the front end; cargo check
	@$(NPM) check
	@cargo check --workspace --all-targets

fmt: ## Format Rust and TypeScript
	@cargo fmt --all
	@$(NPM) format

lint: ## Lint Rust and TypeScript
	@cargo clippy --workspace --all-targets --locked -- -D warnings
	@$(NPM) lint

protocol: ## Write widget/src/shared/protocol.ts from src/protocol
	@COMPTOIR_WRITE_PROTOCOL=1 cargo test --quiet --lib protocol_ts

screenshots: ## Pictures of the widget and the console into tests/browser/out
	@scripts/test.sh screenshots

bench: bench-catalog bench-bot bench-cobrowse bench-fidelity ## Measure what has a goal

SIZES ?= 43000,1000000
bench-catalog: ## The catalog's figures beside their goals, SQLite FTS5 and Postgres; SIZES=43000 for less
	@cargo build --profile quick --locked -p comptoir -p comptoir-bench
	@$${CARGO_TARGET_DIR:-target}/quick/comptoir-bench --sizes $(SIZES) $(BENCH)

bench-bot: ## The bot's figures beside their goals: 500 FAQs checked, indexed and asked
	@cargo build --profile quick --locked -p comptoir-bench --bin comptoir-bench-bot
	@$${CARGO_TARGET_DIR:-target}/quick/comptoir-bench-bot

bench-cobrowse: ## Shared pages: times, bytes and costs beside their goals, and rrweb's stock live mode (BENCH=--json)
	@scripts/bench-web.sh cobrowse $(BENCH)

bench-fidelity: ## Shared pages: how like the visitor's page the agent's picture is, pixel by pixel
	@scripts/bench-web.sh fidelity $(BENCH)

clean: ## Remove what was built, and the demo's data
	@rm -rf demo-data widget/dist console/dist tests/browser/out
	@cargo clean
