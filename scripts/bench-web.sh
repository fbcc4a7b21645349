#!/usr/bin/env bash
# What `make bench-cobrowse` and `make bench-fidelity` run: the real server, Chromium, and pages of others
# that are installed for it alone. Usage: bench-web.sh cobrowse|fidelity [--json]
set -eu
cd "$(dirname "$0")/.."
which=$1
shift

scripts/need.sh
COMPTOIR_CHROMIUM=$(scripts/chromium.sh)
export COMPTOIR_CHROMIUM
scripts/npm.sh build >&2
if [ -z "${COMPTOIR_BINARY:-}" ]; then
  cargo build --profile quick --locked -p comptoir >&2
  export COMPTOIR_BINARY=${CARGO_TARGET_DIR:-target}/quick/comptoir
fi

# The pages to measure on: never a part of what is built or tested.
pages=tests/bench
if ! cmp -s $pages/package-lock.json $pages/node_modules/.comptoir-lock 2>/dev/null; then
  echo "    installing the pages to measure on…" >&2
  npm ci --prefix $pages --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  cp $pages/package-lock.json $pages/node_modules/.comptoir-lock
fi

exec node "$pages/$which/main.mjs" "$@"
