"""Measures weights on a part of the labelled claims: `measure.py --base FOLDER --pairs FILE --part tuning WEIGHTS`."""

import argparse
import collections

import torch

import data
from network import KINDS, Network, averaged
from train import Encoder, batch


def auc(scored):
    """Area under the ROC curve of (score, is_true), ties counted half."""
    ordered, rank, i = sorted(scored), 0.0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        rank += sum(is_true for _, is_true in ordered[i:j]) * (i + 1 + j) / 2
        i = j
    true = sum(is_true for _, is_true in scored)
    false = len(scored) - true
    return (rank - true * (true + 1) / 2) / max(1, true * false)


def probabilities(network, encoded, output, size=32):
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]) + len(encoded[i][1]))
    out = [None] * len(encoded)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for k in range(0, len(order), size):
            part = order[k : k + size]
            found = network(*batch([encoded[i] for i in part]))[output].float().softmax(-1)
            for i, row in zip(part, found.tolist()):
                out[i] = row
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("weights", nargs="+", help="several are averaged")
    ask.add_argument("--base", required=True)
    ask.add_argument("--pairs", required=True)
    ask.add_argument("--part", default="tuning")
    ask.add_argument("--most", type=int, default=100_000, help="claims of each set")
    options = ask.parse_args()
    network, encoder = Network(), Encoder(options.base)
    torch.set_num_threads(2)
    network.load_state_dict(averaged(options.weights))
    network.eval()
    sets = collections.defaultdict(list)
    for row in data.pairs(options.pairs):
        if data.part_of(row) == options.part and len(sets[row["set"]]) < options.most:
            sets[row["set"]].append(row)
    kinds = collections.defaultdict(list)
    for name, rows in sets.items():
        found = probabilities(network, [encoder.pair(p) for p in data.labelled(rows)], 0)
        scored = [(p[0], row["label"] == "supported") for p, row in zip(found, rows)]
        share = {t: [(s >= 0.5) == t for s, is_true in scored if is_true == t] for t in (True, False)}
        balanced = sum(sum(x) / max(1, len(x)) for x in share.values()) / 2
        print(f"{name:20} {len(rows):5} AUC {100 * auc(scored):.1f} balanced accuracy {100 * balanced:.1f}", flush=True)
        for (score, is_true), row in zip(scored, rows):
            kinds[row["label"] + " " + row["kind"]].append((score >= 0.5) == is_true)
    print("right by kind:", {k: f"{sum(v)}/{len(v)}" for k, v in sorted(kinds.items())})
    asks = list(data.kinds(options.part))
    found = probabilities(network, [encoder.sentence(s) for s in asks], 1)
    checked = [KINDS.index(k) for k in ("claim", "claim-about-source", "premise")]
    scored = [(sum(p[k] for k in checked), KINDS.index(s.kind) in checked) for p, s in zip(found, asks)]
    left = [score < 0.5 for score, is_true in scored if not is_true]
    taken = [score >= 0.5 for score, is_true in scored if is_true]
    print(f"sentences AUC {100 * auc(scored):.1f}, left alone {sum(left)}/{len(left)}, checked {sum(taken)}/{len(taken)}")


if __name__ == "__main__":
    main()
