#!/usr/bin/env bash
# Prints the path of a Chromium for the browser journeys; installs Debian's where it may.
set -u
find_one() {
  for c in "${COMPTOIR_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$c" ] && [ -x "$c" ]; then echo "$c"; return 0; fi
  done
  return 1
}
find_one && exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo='sudo -n'
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
  echo '    installing chromium by apt…' >&2
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
      chromium fonts-dejavu-core; } >&2 2>&1
  find_one && exit 0
fi
cat >&2 <<'TEXT'
comptoir: the browser journeys need Chromium; type: sudo apt-get install chromium
comptoir: (or set COMPTOIR_CHROMIUM to one, or run `make test-quick`, which leaves the browser out)
TEXT
exit 1
