#!/usr/bin/env bash
# Builds the extension for this machine, with the server inside: corroborate-TARGET.vsix.
#   SERVER=path/to/corroborate   takes a server that is built already
#   TARGET=linux-x64             names the platform (default: this one)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repo=$(cd ../.. && pwd)

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) here=linux-x64 ;;
  Linux-aarch64) here=linux-arm64 ;;
  Darwin-x86_64) here=darwin-x64 ;;
  Darwin-arm64) here=darwin-arm64 ;;
  MINGW*-x86_64 | MSYS*-x86_64) here=win32-x64 ;;
  MINGW*-aarch64 | MSYS*-aarch64) here=win32-arm64 ;;
  *) here= ;;
esac
target=${TARGET:-$here}
[ -n "$target" ] || { echo "name the platform: TARGET=linux-x64 $0" >&2; exit 2; }
case $target in win32-*) program=corroborate.exe ;; *) program=corroborate ;; esac

# One version for both: the extension runs no server of another series.
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repo/Cargo.toml" | head -n 1)
grep -q "^  \"version\": \"$version\"," package.json || {
  echo "package.json and Cargo.toml ($version) have different versions" >&2
  exit 1
}
if grep -q '"resolved"' package-lock.json; then
  echo "package-lock.json names hosts: write it with the .npmrc that lies here" >&2
  exit 1
fi

server=${SERVER:-}
if [ -z "$server" ]; then
  (cd "$repo" && cargo build --release --locked)
  server=${CARGO_TARGET_DIR:-$repo/target}/release/$program
fi

npm ci --no-audit --no-fund --loglevel error
# What another version left would be taken for this one's.
rm -rf bundled example dist corroborate-*.vsix
mkdir -p bundled
cp "$server" "bundled/$program"
chmod +x "bundled/$program"
cp -r "$repo/examples/port-ansel" example
cp "$repo"/LICENSE-APACHE .
cp "$repo"/LICENSE-MIT LICENSE.txt
npm run --silent check
npm run --silent build -- --log-level=warning
npx --no-install vsce package --target "$target" --no-dependencies --out "corroborate-$target.vsix"
