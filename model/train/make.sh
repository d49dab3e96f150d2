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
# Three legs, each from the weights of the one before; what is shipped is their mean.
leg() {
    train --examples "$work/examples$1" --seed "$1" --out "$work/leg$1.pt" # writes the examples
    train --examples "$work/examples$1" --seed "$1" --rate 1.6e-4 --out "$work/leg$1.pt" ${2:+--init "$work/leg$2.pt"}
}
leg 7
leg 8 7
leg 9 8
set -- "$work/leg7.pt" "$work/leg8.pt" "$work/leg9.pt"
python3 model/train/measure.py --base "$work/base" --pairs "$work/pairs.jsonl" "$@"
python3 model/train/export.py "$@" model/entailment.onnx.gz
cargo bench --bench learn
cargo bench --bench confidence
