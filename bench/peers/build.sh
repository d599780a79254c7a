#!/bin/sh
# Compiles the sink that senders send to and the line that delays them, into artifacts/peers. Needs gcc and OpenSSL's headers.
# Safe to run again, and beside itself: what is newer than its source is left alone, and what is made appears at once and whole.
set -eu

cd "$(dirname "$0")"
programs=../../artifacts/peers
for header in /usr/include/stdio.h /usr/include/openssl/ssl.h; do
  [ -f "$header" ] || { echo "peers: $header is missing; run ./dev install as root (Debian's libc6-dev and libssl-dev)" >&2; exit 1; }
done
command -v gcc >/dev/null || { echo "peers: gcc is missing; run ./dev install as root" >&2; exit 1; }
mkdir -p "$programs"

# compile NAME LIBRARY...
compile() {
  name=$1
  shift
  [ -x "$programs/$name" ] && [ "$programs/$name" -nt "$name.c" ] && return
  gcc -std=gnu11 -O3 -Wall -Wextra -Werror -o "$programs/$name.$$" "$name.c" "$@"
  mv "$programs/$name.$$" "$programs/$name"
}

compile sink -lssl -lcrypto -lpthread
compile delay
