#!/bin/sh
# Makes model/entailment.onnx.gz from the base and the labelled data: `make.sh JAR`, with the package that holds the base
# (model/README.md). Takes some hours on two processors.
set -eu
jar=$(realpath "$1")
cd "$(dirname "$0")/../.."
work=${WORK:-target/model}
mkdir -p "$work"
# Memory that is freed after each step is needed in the next.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000
python3 model/train/base.py "$jar" "$work/base"
cargo bench --profile dev --bench pairs -- "$PWD/$work/pairs.jsonl"
train() {
    python3 model/train/train.py --base "$work/base" --pairs "$work/pairs.jsonl" --phase claims --times 4 --batch 4096 "$@"
}
train --examples "$work/examples" --seed 7 --out "$work/claims.pt" # writes the examples
train --examples "$work/examples" --seed 7 --rate 1.6e-4 --out "$work/claims.pt"
python3 model/train/measure.py --base "$work/base" --pairs "$work/pairs.jsonl" "$work/claims.pt"
python3 model/train/export.py "$work/claims.pt" model/entailment.onnx.gz
cargo bench --bench learn
cargo bench --bench confidence
