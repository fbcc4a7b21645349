#!/usr/bin/env bash
# Installs the front end's packages when the lock file is newer than what lies there, then runs one step.
set -eu
cd "$(dirname "$0")/.."

stamp=node_modules/.comptoir-lock
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
  echo "    installing npm packages…"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
fi
exec npm run --silent "$1"
