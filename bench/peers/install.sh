#!/bin/sh
# Gets what ours is measured beside and is not a Debian package: Nodemailer by its lock file, and the sink and the delayed line, compiled here.
# Safe to run again; with everything in place it needs no network.
set -eu

cd "$(dirname "$0")"
for program in node npm /usr/bin/python3; do
  command -v "$program" >/dev/null || { echo "peers: $program is missing; run ./dev install as root" >&2; exit 1; }
done

# npm keeps what it installed in this file; the lock is newer where it was changed since.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
./build.sh
