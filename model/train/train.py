"""Trains the network: `train.py --base FOLDER --out FILE`, in phases, with fixed seeds.

Phase one is contrasts made by machine and the public sets; phase two the labelled claims, several times, with the public
sets and fresh contrasts among them, and the kinds of note sentences. PyTorch on processors, in bf16.
"""

import argparse
import math
import random
import time

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
        self.known = {}
        self.kind, self.context = (self.tokenizer.token_to_id(t) for t in ("[unused0]", "[unused1]"))

    def ids(self, text, most=10_000):
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self.known[text][:most]

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
    longest = max(len(a) + len(b) for a, b in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    types, mask = torch.ones_like(ids), torch.zeros_like(ids, dtype=torch.bool)
    for i, (a, b) in enumerate(rows):
        length = len(a) + len(b)
        ids[i, :length], mask[i, :length] = torch.tensor(a + b), True
        types[i, : len(a)] = 0
    return ids, types, mask


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
            if batch and ((len(batch) + 1) * lengths[i] > tokens or len(batch) == most):
                out.append(batch)
                batch = []
            batch.append(i)
        out.append(batch)
    r.shuffle(out)
    return out


def run(network, encoder, pairs, sentences, options, name):
    r = random.Random(options.seed)
    examples = [("pair", encoder.pair(p), p.outcome, p.weight) for p in pairs]
    kinds = [("kind", encoder.sentence(s), KINDS.index(s.kind), 1.0) for s in sentences]
    plan = []
    for rows in (examples, kinds):
        cut = batches([len(e[1][0]) + len(e[1][1]) for e in rows], options.batch, r) if rows else []
        plan += [[rows[i] for i in b] for b in cut]
    r.shuffle(plan)
    learned = [p for p in network.parameters() if p.requires_grad]
    decayed, others = [p for p in learned if p.ndim >= 2], [p for p in learned if p.ndim < 2]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.rate, fused=True)
    network.train()
    network.dropout = options.dropout
    began, seen, running = time.time(), 0, None
    print(f"{name}: {len(examples)} pairs, {len(kinds)} sentences, {len(plan)} steps", flush=True)
    for step, rows in enumerate(plan):
        done = max(step / len(plan), (time.time() - began) / (60 * options.minutes))
        if done >= 1:
            break
        rate = options.rate * min(1.0, (step + 1) / min(200, 0.06 * len(plan) + 1)) * (1 if options.hold else 1 - done)
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, types, mask = batch([row[1] for row in rows])
        wanted = torch.tensor([row[2] for row in rows])
        weights = torch.tensor([row[3] for row in rows])
        with torch.autocast("cpu", torch.bfloat16):
            entailment, kind = network(ids, types, mask)
        if rows[0][0] == "pair":
            loss = entailment_loss(entailment.float(), wanted, weights)
        else:
            loss = options.kinds * F.cross_entropy(kind.float(), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen += len(rows)
        if rows[0][0] == "pair":
            running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 50 == 0:
            speed = seen / (time.time() - began)
            print(f"{step + 1} loss {running:.3f} {speed:.1f}/s {time.time() - began:.0f}s", flush=True)
        if (step + 1) % 500 == 0:
            torch.save(network.state_dict(), options.out + ".part")
    torch.save(network.state_dict(), options.out)


def repeated(make, times, r):
    """Everything `times` times over, half times too, each time made anew."""
    rows = []
    for turn in range(math.ceil(times)):
        own = list(make(r))
        rows += own if turn + 1 <= times else r.sample(own, int(len(own) * (times - turn)))
    return rows


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--base", required=True, help="folder with model.safetensors and tokenizer.json")
    ask.add_argument("--init", help="weights to go on from")
    ask.add_argument("--out", required=True)
    ask.add_argument("--pairs", required=True, help="what `cargo bench --bench pairs` wrote")
    ask.add_argument("--phase", choices=["contrasts", "claims"], required=True)
    ask.add_argument("--times", type=float, default=4, help="how often the labelled claims are seen")
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--hold", action="store_true", help="the rate does not fall; another run goes on from the weights")
    ask.add_argument("--batch", type=int, default=6400, help="tokens")
    ask.add_argument("--minutes", type=float, default=1e6, help="ends sooner, with whatever rate is left")
    ask.add_argument("--dropout", type=float, default=0.0)
    ask.add_argument("--kinds", type=float, default=0.5, help="weight of the kinds of sentences")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--limit", type=int)
    options = ask.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    r = random.Random(options.seed)
    network = Network()
    if options.init:
        network.load_state_dict(torch.load(options.init))
    else:
        network.load_base(f"{options.base}/model.safetensors")
    network.freeze_words()
    encoder = Encoder(options.base)
    rows = [row for row in data.pairs(options.pairs) if data.part_of(row) == "train"]
    of_claims, of_public, times = (2, 1, 1) if options.phase == "contrasts" else (1, 1, options.times)
    pairs = list(data.contrasts(rows, r, of_claims=of_claims, of_public=of_public))
    pairs += repeated(lambda r: data.labelled(rows, r), times, r)
    sentences = repeated(lambda r: data.kinds("train"), times, r)
    if options.phase == "claims":
        pairs += repeated(lambda r: data.elsewhere(r), times, r)
    if options.limit:
        pairs = r.sample(pairs, min(options.limit, len(pairs)))
    run(network, encoder, pairs, sentences, options, options.phase)


if __name__ == "__main__":
    main()
