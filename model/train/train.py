"""Trains the network: `train.py --base FOLDER --out FILE`, in phases, with fixed seeds.

Phase one is contrasts made by machine and the public sets; phase two the labelled claims, several times, with the public
sets and fresh contrasts among them, and the kinds of note sentences. PyTorch on processors, in bf16.
"""

import argparse
import math
import os
import random
import time
from array import array

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import data
from network import KINDS, Network

MOST_CLAIM, MOST_CONTEXT, MOST_TOKENS = 72, 40, 224


class Encoder:
    """Texts to token numbers, as `src/entail` does it."""

    def __init__(self, base):
        self.tokenizer = Tokenizer.from_file(f"{base}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cls, self.sep = (self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]"))
        self.kind, self.context = (self.tokenizer.token_to_id(t) for t in ("[unused0]", "[unused1]"))

    def ids(self, text, most=10_000):
        return self.tokenizer.encode(text, add_special_tokens=False).ids[:most]

    def pair(self, pair):
        claim = self.ids(pair.claim, MOST_CLAIM)
        if pair.context:
            claim = self.ids(pair.context)[-MOST_CONTEXT:] + [self.context] + claim
        evidence = self.ids(pair.evidence, MOST_TOKENS - len(claim) - 3)
        return [self.cls] + claim + [self.sep], evidence + [self.sep]

    def sentence(self, s):
        first = [self.kind] + self.ids(s.sentence, 60) + [self.sep]
        return first, self.ids(s.before, 1000)[-28:] + [self.context] + self.ids(s.after, 28) + [self.sep]


def batch(rows):
    """`ids`, `types` and `mask` of encoded texts, in few shapes, as code is made for each."""
    longest = -(-max(len(a) + len(b) for a, b in rows) // 16) * 16
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    types, mask = torch.ones_like(ids), torch.zeros_like(ids, dtype=torch.bool)
    for i, (a, b) in enumerate(rows):
        length = len(a) + len(b)
        ids[i, :length], mask[i, :length] = torch.from_numpy(np.concatenate([a, b]).astype(np.int64)), True
        types[i, : len(a)] = 0
    return ids, types, mask


class Examples:
    """Encoded texts and what is wanted of them, in a few large arrays: millions of small lists would slow down every
    allocation of the training."""

    def __init__(self, folder):
        names = ("ids", "starts", "firsts", "wanted", "weights")
        self.ids, self.starts, self.firsts, self.wanted, self.weights = (np.load(f"{folder}/{n}.npy") for n in names)

    def __len__(self):
        return len(self.firsts)

    def lengths(self):
        return np.diff(self.starts).tolist()

    def text(self, at):
        ids = self.ids[self.starts[at] : self.starts[at + 1]]
        return ids[: self.firsts[at]], ids[self.firsts[at] :]

    @staticmethod
    def write(folder, rows):
        """`rows` are (encoded text, what is wanted, weight)."""
        ids, starts, firsts, wanted, weights = array("H"), [0], [], [], []
        for (a, b), want, weight in rows:
            ids.extend(a)
            ids.extend(b)
            starts.append(len(ids))
            firsts.append(len(a))
            wanted.append(want)
            weights.append(weight)
        os.makedirs(folder, exist_ok=True)
        np.save(f"{folder}/ids.npy", np.frombuffer(ids, dtype=np.uint16))
        np.save(f"{folder}/starts.npy", np.array(starts, dtype=np.int64))
        np.save(f"{folder}/firsts.npy", np.array(firsts, dtype=np.int64))
        np.save(f"{folder}/wanted.npy", np.array(wanted, dtype=np.int64))
        np.save(f"{folder}/weights.npy", np.array(weights, dtype=np.float32))


def entailment_loss(logits, outcomes, weights):
    logs = F.log_softmax(logits, -1)
    known = outcomes < data.NOT_ENTAILED
    loss = -logs.gather(1, outcomes.clamp(max=2).unsqueeze(1)).squeeze(1)
    # Only that it is not entailed is known: the sum of the other two.
    loss = torch.where(known, loss, -torch.logsumexp(logs[:, 1:], -1))
    return (loss * weights).sum() / weights.sum()


def batches(lengths, tokens, r, most=96):
    """Batches of examples of about one length, with about as many tokens each, in random order."""
    order = list(range(len(lengths)))
    r.shuffle(order)
    out = []
    for start in range(0, len(order), 2000):
        batch = []
        for i in sorted(order[start : start + 2000], key=lambda i: lengths[i]):
            batch.append(i)
            if len(batch) % 8 == 0 and (len(batch) + 4) * lengths[i] > tokens or len(batch) == most:
                out.append(batch)
                batch = []
        if batch:
            out.append(batch)
    r.shuffle(out)
    return out


def run(network, options):
    r = random.Random(options.seed)
    parts = {name: Examples(f"{options.examples}/{name}") for name in ("pairs", "sentences")}
    plan = []
    for name, examples in parts.items():
        for _ in range(options.sentences if name == "sentences" else 1):
            plan += [(name, rows) for rows in batches(examples.lengths(), options.batch, r)]
    r.shuffle(plan)
    learned = [p for p in network.parameters() if p.requires_grad]
    decayed, others = [p for p in learned if p.ndim >= 2], [p for p in learned if p.ndim < 2]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.rate, fused=True)
    network.train()
    network.dropout = options.dropout
    began, seen, running = time.time(), 0, None
    print(", ".join(f"{len(rows)} {name}" for name, rows in parts.items()), f"{len(plan)} steps", flush=True)
    for step, (name, rows) in enumerate(plan):
        examples = parts[name]
        done = max(step / len(plan), (time.time() - began) / (60 * options.minutes))
        if done >= 1:
            break
        rate = options.rate * min(1.0, (step + 1) / min(200, 0.06 * len(plan) + 1)) * (1 if options.hold else 1 - done)
        for group in optimizer.param_groups:
            group["lr"] = rate
        is_pair = name == "pairs"
        ids, types, mask = batch([examples.text(row) for row in rows])
        wanted, weights = torch.from_numpy(examples.wanted[rows]), torch.from_numpy(examples.weights[rows])
        with torch.autocast("cpu", torch.bfloat16):
            entailment, kind = network(ids, types, mask)
        if is_pair:
            loss = entailment_loss(entailment.float(), wanted, weights)
        else:
            loss = options.kinds * F.cross_entropy(kind.float(), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen += len(rows)
        if is_pair:
            running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 50 == 0:
            speed = seen / (time.time() - began)
            print(f"{step + 1} loss {running:.3f} {speed:.1f}/s {time.time() - began:.0f}s", flush=True)
        if (step + 1) % 250 == 0:
            torch.save(network.state_dict(), f"{options.out}.{step + 1}")
    torch.save(network.state_dict(), options.out)


def repeated(make, times, r):
    """Everything `times` times over, half times too, each time made anew."""
    rows = []
    for turn in range(math.ceil(times)):
        own = list(make(r))
        rows += own if turn + 1 <= times else r.sample(own, int(len(own) * (times - turn)))
    return rows


def prepare(options):
    """Writes the examples of a phase."""
    r = random.Random(options.seed)
    encoder = Encoder(options.base)
    rows = [row for row in data.pairs(options.pairs) if data.part_of(row) == "train"]
    of_claims, of_public, times = (2, 1, 1) if options.phase == "contrasts" else (1, 1, options.times)
    pairs = list(data.contrasts(rows, r, of_claims=of_claims, of_public=of_public))
    pairs += repeated(lambda r: data.labelled(rows, r), times, r)
    sentences = repeated(lambda r: data.kinds("train", r), times, r)
    if options.phase == "claims":
        pairs += repeated(lambda r: data.elsewhere(r), times, r)
    if options.limit:
        pairs = r.sample(pairs, min(options.limit, len(pairs)))
    Examples.write(f"{options.examples}/pairs", ((encoder.pair(p), p.outcome, p.weight) for p in pairs))
    Examples.write(f"{options.examples}/sentences", ((encoder.sentence(s), KINDS.index(s.kind), 1.0) for s in sentences))


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--base", required=True, help="folder with model.safetensors and tokenizer.json")
    ask.add_argument("--init", help="weights to go on from")
    ask.add_argument("--out", required=True)
    ask.add_argument("--pairs", required=True, help="what `cargo bench --bench pairs` wrote")
    ask.add_argument("--examples", required=True, help="folder of encoded examples; where it is missing they are written")
    ask.add_argument("--phase", choices=["contrasts", "claims"], required=True)
    ask.add_argument("--times", type=float, default=4, help="how often the labelled claims are seen")
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--hold", action="store_true", help="the rate does not fall; another run goes on from the weights")
    ask.add_argument("--batch", type=int, default=6400, help="tokens")
    ask.add_argument("--minutes", type=float, default=1e6, help="ends sooner, with whatever rate is left")
    ask.add_argument("--dropout", type=float, default=0.0)
    ask.add_argument("--kinds", type=float, default=0.5, help="weight of the kinds of sentences")
    ask.add_argument("--sentences", type=int, default=4, help="how often the sentences of notes are seen, beside that")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--limit", type=int)
    options = ask.parse_args()
    if not os.path.exists(options.examples):
        prepare(options)
        return
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    network = Network()
    if options.init:
        network.load_state_dict(torch.load(options.init))
    else:
        network.load_base(f"{options.base}/model.safetensors")
    network.freeze_words()
    run(network, options)


if __name__ == "__main__":
    main()
