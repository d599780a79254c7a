#!/bin/sh
# Installs the readers that composed messages are checked with: mailparser and postal-mime by their lock file, those of Debian where they are missing.
# Safe to run again; with everything in place it needs no network.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

missing=""
{ command -v node && command -v npm; } >/dev/null 2>&1 || missing="$missing nodejs npm"
[ -x /usr/bin/python3 ] || missing="$missing python3"
[ -e /usr/share/perl5/Email/MIME.pm ] || missing="$missing libemail-mime-perl"
[ -e /usr/lib/ruby/vendor_ruby/mail.rb ] || missing="$missing ruby-mail"
if [ -n "$missing" ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  echo "readers: installing$missing"
  # shellcheck disable=SC2086 # a list of packages
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing ||
    { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; }
fi

cd "$here/node"
# npm keeps what it installed in this file; the lock is newer where it was changed since.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
