#!/usr/bin/env bash
# Fuzzes each target for some time with cargo-fuzz, and tells how often it ran and what crashed.
#
#   fuzz/run.sh SECONDS [TARGET...]
#
#   SANITIZER=address  which one to build with (default: none, which is quicker to build and to run)
#   TARGET_DIR=dir     where to build (default: fuzz/target)
#
# What it finds lies in fuzz/corpus, what crashes in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
seconds=${1:?how many seconds for each target?}
shift
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\(.*\)"/\1/p' Cargo.toml | grep -v '^corroborate-fuzz$')

options=(--sanitizer "${SANITIZER:-none}" --target-dir "${TARGET_DIR:-$PWD/target}")
export CORROBORATE_CACHE=${TARGET_DIR:-$PWD/target}/cache
status=0
for target in "$@"; do
  mkdir -p "corpus/$target" "artifacts/$target"
  seeds=("corpus/$target")
  [ -d "seeds/$target" ] && cp "seeds/$target"/* "corpus/$target/"
  find ../tests/formats/sources ../examples -name "*.${target#read_}" -exec cp {} "corpus/$target/" \;
  log=artifacts/$target.log
  result=passed
  cargo +nightly fuzz run "${options[@]}" "$target" -- -max_total_time="$seconds" -dict=tokens.dict \
    -max_len=65536 -timeout=60 -rss_limit_mb=3072 -print_final_stats=1 >"$log" 2>&1 || { result=CRASHED status=1; }
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  cover=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
  printf '%-12s %9s executions  %s  %s\n' "$target" "${runs:-no}" "$cover" "$result"
done
exit $status
