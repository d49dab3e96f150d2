#!/usr/bin/env bash
# Visits the example in a real Emacs with eglot, which it has had since version 29. Where there is none, that is
# said and nothing checked.
#
#   EMACS=program  the Emacs (default: emacs)
#   SERVER=path    a server that is built already (default: target/debug/corroborate)
set -euo pipefail
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
emacs=${EMACS:-emacs}
if ! "$emacs" --batch --eval "(require 'eglot)" >/dev/null 2>&1; then
  echo "no Emacs with eglot: the visit is skipped"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$repo/examples/port-ansel" "$scratch/port-ansel"
chmod -R u+w "$scratch/port-ansel"
CORROBORATE_BIN=$(realpath "${SERVER:-$repo/target/debug/corroborate}") CORROBORATE_WORKSPACE=$scratch/port-ansel \
  CORROBORATE_CACHE=$scratch/cache HOME=$scratch "$emacs" --batch -Q -l "$repo/tests/editors/emacs.el" 2>&1
