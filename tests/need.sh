#!/bin/sh
# What the tests need from the machine. Debian's packages are installed when they are missing and we may.
set -eu
missing=""
need() { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || missing="$missing $2"; }
need chromium chromium
need pdftoppm poppler-utils
need qpdf qpdf
need openssl openssl
need softhsm2-util softhsm2
need /usr/lib/postgresql postgresql
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing for the tests:$missing …"
  log=$(mktemp)
  if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1; then
    exit 0
  fi
  tail -n 5 "$log"
fi
echo "The tests need$missing. Please install: apt-get install$missing" >&2
exit 1
