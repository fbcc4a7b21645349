#!/usr/bin/env bash
# Says what is missing on this machine, in one sentence each, before anything is built.
set -u
fail=0
say() { printf 'comptoir: %s\n' "$1" >&2; fail=1; }

command -v cargo >/dev/null || say 'Rust is missing; install it with rustup (https://rustup.rs), then open a new shell.'
command -v cc >/dev/null || say 'a C compiler is missing; type: sudo apt-get install build-essential'
if command -v node >/dev/null; then
  node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' \
    || say "Node $(node --version) is too old; install Node 20.19 or newer."
else
  say 'Node is missing; install Node 20.19 or newer.'
fi
command -v npm >/dev/null || say 'npm is missing; it comes with Node.'
exit "$fail"
