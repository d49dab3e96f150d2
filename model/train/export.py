"""Writes the trained network as a gzipped ONNX file of few bits: `export.py WEIGHTS... OUT`, of several their mean.

One pair at a time, so there is no mask. Inputs: `ids`, `types` (1, tokens) of 32-bit whole numbers. Outputs:
`entailment` (1, 3) and `kind` (1, 13), logits in the order of `network.OUTCOMES` and `network.KINDS`.
"""

import gzip
import pathlib
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import quantize
from network import HEADS, HIDDEN, LAYERS, averaged

MOST_TOKENS = 256


class Graph:
    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], 0

    def constant(self, value, kind=None):
        self.count += 1
        name = f"c{self.count}"
        value = np.asarray(value, kind) if kind else value
        self.initializers.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, op, *inputs, outputs=1, **attributes):
        self.count += 1
        names = [f"n{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x, weight, bias):
        """`x` in eight bits by its own range, times a matrix in eight bits."""
        values, scale = quantize.eight_bits(weight.T)
        whole, by, zero = self.add("DynamicQuantizeLinear", x, outputs=3)
        y = self.add("MatMulInteger", whole, self.constant(values), zero, self.constant(np.int8(0)))
        y = self.add("Mul", self.add("Cast", y, to=TensorProto.FLOAT), self.add("Mul", by, self.constant(scale[0])))
        return self.add("Add", y, self.constant(bias))

    def norm(self, x, weights, name):
        weight, bias = (self.constant(weights[f"{name}.{k}"]) for k in ("weight", "bias"))
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)

    def heads(self, x):
        """(1, tokens, HIDDEN) to (1, HEADS, tokens, HIDDEN / HEADS)."""
        x = self.add("Reshape", x, self.constant([0, 0, HEADS, HIDDEN // HEADS], np.int64))
        return self.add("Transpose", x, perm=[0, 2, 1, 3])


def embeddings(g, w):
    values, scale = quantize.four_bits(w["words.weight"])
    half = HIDDEN // 2
    packed = ((values[:, :half] + 8).astype(np.uint8) << 4) | (values[:, half:] + 8).astype(np.uint8)
    row = g.add("Cast", g.add("Gather", g.constant(packed), "ids", axis=0), to=TensorProto.FLOAT)
    high = g.add("Floor", g.add("Mul", row, g.constant(1 / 16, np.float32)))
    low = g.add("Sub", row, g.add("Mul", high, g.constant(16, np.float32)))
    both = g.add("Sub", g.add("Concat", high, low, axis=-1), g.constant(8, np.float32))
    words = g.add("Mul", both, g.add("Gather", g.constant(scale), "ids", axis=0))
    length = g.add("Gather", g.add("Shape", "ids"), g.constant(1, np.int64), axis=0)
    at = g.add("Range", g.constant(0, np.int64), length, g.constant(1, np.int64))
    values, scale = quantize.eight_bits(w["positions.weight"][:MOST_TOKENS])
    positions = g.add("Cast", g.add("Gather", g.constant(values), at, axis=0), to=TensorProto.FLOAT)
    positions = g.add("Mul", positions, g.constant(scale[0]))
    types = g.add("Gather", g.constant(w["types.weight"]), "types", axis=0)
    return g.norm(g.add("Add", g.add("Add", words, positions), types), w, "norm")


def layer(g, w, x, i):
    at = f"layers.{i}."
    qkv = w[at + "qkv.weight"].reshape(3, HIDDEN, HIDDEN), w[at + "qkv.bias"].reshape(3, HIDDEN)
    q, k, v = (g.heads(g.linear(x, qkv[0][n], qkv[1][n])) for n in range(3))
    scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 1, 3, 2]))
    scores = g.add("Mul", scores, g.constant((HIDDEN // HEADS) ** -0.5, np.float32))
    y = g.add("MatMul", g.add("Softmax", scores, axis=-1), v)
    y = g.add("Reshape", g.add("Transpose", y, perm=[0, 2, 1, 3]), g.constant([0, 0, HIDDEN], np.int64))
    x = g.norm(g.add("Add", x, g.linear(y, w[at + "out.weight"], w[at + "out.bias"])), w, at + "norm1")
    y = g.add("Gelu", g.linear(x, w[at + "up.weight"], w[at + "up.bias"]), approximate="tanh")
    return g.norm(g.add("Add", x, g.linear(y, w[at + "down.weight"], w[at + "down.bias"])), w, at + "norm2")


def pooled(g, x):
    own = g.add("Sub", g.constant(1, np.float32), g.add("Cast", "types", to=TensorProto.FLOAT))
    own = g.add("Unsqueeze", own, g.constant([1], np.int64))
    total = g.add("ReduceSum", own, g.constant([2], np.int64), keepdims=1)
    mean = g.add("Squeeze", g.add("Div", g.add("MatMul", own, x), total), g.constant([1], np.int64))
    first = g.add("Gather", x, g.constant(0, np.int64), axis=1)
    return g.add("Concat", first, mean, axis=-1)


def head(g, w, x, name):
    y = g.add("Tanh", g.linear(x, w[f"{name}.0.weight"], w[f"{name}.0.bias"]))
    return g.add("Gemm", y, g.constant(w[f"{name}.3.weight"]), g.constant(w[f"{name}.3.bias"]), transB=1)


def build(weights):
    w = {k: v.float().numpy() for k, v in weights.items()}
    g = Graph()
    x = embeddings(g, w)
    for i in range(LAYERS):
        x = layer(g, w, x, i)
    x = pooled(g, x)
    for name in ("entailment", "kind"):
        g.nodes.append(helper.make_node("Identity", [head(g, w, x, name)], [name]))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, [1, "tokens"]) for n in ("ids", "types")]
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, None]) for n in ("entailment", "kind")]
    graph = helper.make_graph(g.nodes, "entailment", inputs, outputs, g.initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    *weights, file = sys.argv[1:]
    built = build(averaged(weights))
    packed = gzip.compress(built.SerializeToString(deterministic=True), 9, mtime=0)
    pathlib.Path(file).write_bytes(packed)
    print(f"{file}: {len(packed) / 1e6:.1f} MB, unpacked {built.ByteSize() / 1e6:.1f} MB")
