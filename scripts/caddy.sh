#!/usr/bin/env bash
# Installs Debian's Caddy for the journey over HTTPS where it may.
set -u
command -v caddy >/dev/null && exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo='sudo -n'
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
  echo '    installing caddy by apt…' >&2
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends caddy; } >&2 2>&1
  command -v caddy >/dev/null && exit 0
fi
echo 'comptoir: the journey over HTTPS needs Caddy; type: sudo apt-get install caddy' >&2
exit 1
