#!/bin/sh
# Installs mailauth, which signatures are checked with, by its lock file. Node.js and npm have to be there.
# Safe to run again; with everything in place it needs no network.
set -eu

cd "$(dirname "$0")/node"
# npm keeps what it installed in this file; the lock is newer where it was changed since.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
