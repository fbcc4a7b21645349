#!/usr/bin/env bash
# What `make test` runs, in the order in which a mistake is found soonest. Usage: test.sh all|quick|browser|screenshots
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
started=$(date +%s)
step() { printf '\n── %s (%ss)\n' "$1" "$(($(date +%s) - started))"; }

scripts/need.sh
if [ "$what" != quick ]; then
  chromium=$(scripts/chromium.sh)
  export COMPTOIR_CHROMIUM="$chromium"
fi

case $what in all | quick)
  step 'front end: build, types, lint, unit tests, byte budgets'
  scripts/npm.sh build
  scripts/npm.sh check
  scripts/npm.sh budgets
  step 'server: format, lint'
  cargo fmt --all --check
  cargo clippy --workspace --all-targets --locked -- -D warnings
  step 'server: unit tests and journeys'
  cargo test --workspace --locked --no-fail-fast --features fault-hooks
  ;;
esac

case $what in all | browser | screenshots)
  step 'building the server for the browser journeys'
  scripts/npm.sh build
  cargo build --locked
  export COMPTOIR_BINARY=${CARGO_TARGET_DIR:-target}/debug/comptoir
  ;;
esac

case $what in all | browser)
  scripts/caddy.sh
  step 'journeys in Chromium'
  # A loop that waits for what never comes fails instead of hanging.
  node --test --test-timeout=900000 --test-concurrency="${COMPTOIR_BROWSERS:-1}" tests/browser/*.test.mjs
  ;;
screenshots)
  step 'screenshots'
  node tests/browser/screenshots.mjs
  node tests/browser/share-screenshots.mjs
  ;;
esac

step 'all of it holds'
