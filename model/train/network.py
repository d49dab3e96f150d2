"""The network: a small BERT with two heads, entailment of a pair and the kind of a note sentence.

Shapes: `ids`, `types` (batch, tokens), `mask` (batch, tokens) of bool. A pair is `[CLS] claim [SEP] evidence [SEP]`,
a sentence with its neighbours `[unused0] sentence [SEP] before … after [SEP]`; `types` is 0 up to the first `[SEP]`.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

import quantize

OUTCOMES = ["entailed", "contradicted", "neither"]
KINDS = (
    "claim claim-about-source premise judgement question task meta gap definition diary opinion heading fragment"
).split()
HIDDEN, LAYERS, HEADS, INNER, VOCABULARY = 384, 12, 12, 1536, 30522


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)

    def forward(self, x, bias, dropout):
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        weights = ((q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype)).softmax(-1)
        y = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, tokens, HIDDEN)
        x = self.norm1(x + (F.dropout(self.out(y), dropout, self.training) if dropout else self.out(y)))
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + (F.dropout(y, dropout, self.training) if dropout else y))


def head(outputs):
    return nn.Sequential(nn.Linear(2 * HIDDEN, HIDDEN), nn.Tanh(), nn.Dropout(0.1), nn.Linear(HIDDEN, outputs))


class Network(nn.Module):
    def __init__(self, dropout=0.0):
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(512, HIDDEN)
        self.types, self.norm = nn.Embedding(2, HIDDEN), nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.entailment, self.kind = head(len(OUTCOMES)), head(len(KINDS))
        self.dropout = dropout

    def load_base(self, path):
        """Takes over the weights of a published BERT of the same shape."""
        w = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
        for ours, theirs in (("words", "word"), ("positions", "position"), ("types", "token_type")):
            getattr(self, ours).weight.data = w[f"embeddings.{theirs}_embeddings.weight"]
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).data = w[f"embeddings.LayerNorm.{kind}"]
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                qkv = [w[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).data = torch.cat(qkv)
                for ours, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, kind).data = w[f"{at}{theirs}.{kind}"]

    def freeze_words(self):
        """Gives the word vectors the few bits that they have in the shipped file, and keeps them."""
        values, scale = quantize.four_bits(self.words.weight.detach().numpy())
        self.words.weight.data = torch.from_numpy(values * scale).float()
        self.words.weight.requires_grad_(False)

    def encode(self, ids, types, mask):
        """(batch, 2 * HIDDEN): the first token, and the mean of the first segment."""
        # A running sum, as a traced range would fix the length in the exported file.
        at = torch.cumsum(torch.ones_like(ids), 1) - 1
        x = self.norm(self.words(ids) + self.positions(at) + self.types(types))
        x = F.dropout(x, self.dropout, self.training) if self.dropout else x
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        own = ((types == 0) & mask).unsqueeze(-1).to(x.dtype)
        return torch.cat([x[:, 0], (x * own).sum(1) / own.sum(1)], -1)

    def forward(self, ids, types, mask):
        encoded = self.encode(ids, types, mask)
        return self.entailment(encoded), self.kind(encoded)


def averaged(paths):
    """The mean of several weights that went on from each other ("model soup", Wortsman et al. 2022)."""
    loaded = [torch.load(path) for path in paths]
    return {name: sum(weights[name] for weights in loaded) / len(loaded) for name in loaded[0]}
