"""Write an encoder of BERT's or MPNet's kind with the two heads as an ONNX graph, node by node.

Three ways to hold the linear layers:

``fp32``  plain.
``row``   int8 weights (a scale for each output), activations quantised row by row as they come. A row's scale depends on that
          row alone, so a score cannot depend on its neighbours in the batch; nothing has to be calibrated.
``tensor`` int8 weights, one activation scale for the whole batch (onnxruntime's dynamic quantisation): for comparison only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Way = Literal["fp32", "row", "tensor"]

OPSET = 17
WEIGHT_STEPS = 63
"""Weights are held in 7 of their 8 bits: processors without VNNI add two products of 8-bit numbers in 16 bits, and 8 full bits
would overflow there, so that scores would differ between machines."""


DISTANCES = "base.encoder.distances"
"""Name under which a network of MPNet's kind has what each head adds for each distance, (heads, 2 * longest - 1)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the graph builder needs to know about the network."""

    layers: int
    width: int
    heads: int
    epsilon: float
    first: int
    second: int
    pad: int


@dataclass(slots=True)
class Builder:
    """Collects nodes and constants; every method returns the name of what it made."""

    way: Way
    chance: np.random.Generator | None = None
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    count: int = 0

    def whole(self, steps: np.ndarray) -> np.ndarray:
        """Weights, in steps, as whole numbers: the nearest, or one of the two by chance, the nearer the likelier.

        Unpacked weights began on whole steps, and rounding to the nearest would undo every change in them smaller than half a
        step; by chance changes are kept on the whole, and what is whole stays. Source: Gupta et al. 2015, Deep Learning with
        Limited Numerical Precision (stochastic rounding).
        """
        return np.round(steps) if self.chance is None else np.floor(steps + self.chance.random(steps.shape))

    def const(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> Any:
        self.count += 1
        names = [f"n{self.count}_{at}" for at in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def product(self, x: str, weight: np.ndarray) -> str:
        """x @ weight.T for x of shape (rows, inputs) and weight of shape (outputs, inputs)."""
        weight = weight.astype(np.float32)
        if self.way == "fp32":
            return self.op("MatMul", x, self.const(weight.T))
        scale = (np.abs(weight).max(1) / WEIGHT_STEPS).astype(np.float32)
        scale[scale == 0] = 1.0
        packed = self.const(self.whole(weight / scale[:, None]).clip(-WEIGHT_STEPS, WEIGHT_STEPS).astype(np.int8).T)
        if self.way == "tensor":
            return self.op("DynamicQuantizeMatMul", x, packed, self.const(scale), domain="com.microsoft")
        low, high = (self.op(kind, x, axes=[-1], keepdims=0) for kind in ("ReduceMin", "ReduceMax"))
        largest = self.op("Max", high, self.op("Neg", low), self.const(np.float32(1e-9)))
        steps = self.op("Mul", largest, self.const(np.float32(1 / 127)))
        centre = self.op("Expand", self.const(np.uint8(128)), self.op("Shape", steps))
        rounded = self.op("QuantizeLinear", x, steps, centre, axis=0)
        sums = self.op(
            "MatMulIntegerToFloat", rounded, packed, self.const(np.float32(1)), self.const(scale), self.const(np.uint8(128)),
            domain="com.microsoft",
        )  # fmt: skip
        return self.op("Mul", sums, self.op("Unsqueeze", steps, self.const(np.array([1], dtype=np.int64))))

    def table(self, ids: str, weight: np.ndarray) -> str:
        """Rows of an embedding table, held as int8 with a scale for each row unless the way is fp32."""
        weight = weight.astype(np.float32)
        if self.way == "fp32":
            return self.op("Gather", self.const(weight), ids)
        scale = np.abs(weight).max(1, keepdims=True) / 127.0
        scale[scale == 0] = 1.0
        packed = np.round(weight / scale).clip(-127, 127).astype(np.int8)
        rows = self.op("Cast", self.op("Gather", self.const(packed), ids), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", self.const(scale.astype(np.float32)), ids))

    def nearness(self, steps: str, table: np.ndarray) -> str:
        """What each head adds to the attention between two places, (1, heads, t, t), from the table under DISTANCES."""
        across, down = (self.op("Unsqueeze", steps, self.const(np.array([axis], dtype=np.int64))) for axis in (0, 1))
        apart = self.op("Add", self.op("Sub", across, down), self.const(np.int64(table.shape[1] // 2)))
        found = self.op("Gather", self.const(table.astype(np.float32)), apart, axis=1)
        return self.op("Unsqueeze", found, self.const(np.array([0], dtype=np.int64)))

    def norm(self, x: str, weights: dict[str, np.ndarray], name: str, epsilon: float) -> str:
        scale, bias = (self.const(weights[f"{name}.{part}"].astype(np.float32)) for part in ("weight", "bias"))
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=epsilon)

    def skip_norm(self, x: str, skip: str, bias: np.ndarray, weights: dict[str, np.ndarray], name: str, epsilon: float) -> str:
        """LayerNorm(x + bias + skip). Three nodes: onnxruntime's SkipLayerNormalization is several times slower on a CPU."""
        moved = self.op("Add", self.op("Add", x, self.const(bias.astype(np.float32))), skip)
        return self.norm(moved, weights, name, epsilon)


def build(weights: dict[str, np.ndarray], shape: Shape, *, way: Way, seed: int | None = None) -> onnx.ModelProto:
    """The graph: input `ids` (n, t) int64, padded with the pad id; outputs `tone` (n, 3) and `pair` (n, 5), logits.

    Args:
        weights: a state dict as `training.networks.ToneNet` has it, as numpy arrays.
        shape: sizes and special ids.
        way: how linear layers are held.
        seed: of the chance by which their weights are rounded (`Builder.whole`); None rounds to the nearest.
    """
    make = Builder(way, None if seed is None else np.random.default_rng(seed))
    present = make.op("Not", make.op("Equal", "ids", make.const(np.int64(shape.pad))))
    length = make.op("Shape", "ids", start=1, end=2)
    steps = make.op("Range", make.const(np.int64(0)), make.op("Squeeze", length), make.const(np.int64(1)))
    base = "base.embeddings"
    tokens = make.table("ids", weights[f"{base}.word_embeddings.weight"])
    places = make.op("Gather", make.const(weights[f"{base}.position_embeddings.weight"].astype(np.float32)), steps)
    x = make.norm(make.op("Add", tokens, places), weights, f"{base}.LayerNorm", shape.epsilon)
    nearness = [make.nearness(steps, weights[DISTANCES])] if DISTANCES in weights else []
    flat = make.const(np.array([-1, shape.width], dtype=np.int64))
    full = make.op("Concat", make.op("Shape", "ids"), make.const(np.array([shape.width], dtype=np.int64)), axis=0)
    tripled = make.op("Concat", make.op("Shape", "ids"), make.const(np.array([3 * shape.width], dtype=np.int64)), axis=0)
    x = make.op("Reshape", x, flat)
    mask = make.op("Cast", present, to=TensorProto.INT32)
    for layer in range(shape.layers):
        at = f"base.encoder.layer.{layer}"
        parts = [f"{at}.attention.self.{name}" for name in ("query", "key", "value")]
        joined = make.op("Reshape", make.product(x, np.concatenate([weights[f"{part}.weight"] for part in parts])), tripled)
        query, key, value = make.op(
            "Split", joined, make.const(np.array([shape.width] * 3, dtype=np.int64)), outputs=3, axis=-1
        )
        bias = make.const(np.concatenate([weights[f"{part}.bias"] for part in parts]).astype(np.float32))
        heard = make.op(
            "MultiHeadAttention", query, key, value, bias, mask, *nearness, domain="com.microsoft", num_heads=shape.heads
        )
        out = make.product(make.op("Reshape", heard, flat), weights[f"{at}.attention.output.dense.weight"])
        name = f"{at}.attention.output"
        x = make.skip_norm(out, x, weights[f"{name}.dense.bias"], weights, f"{name}.LayerNorm", shape.epsilon)
        wide = make.product(x, weights[f"{at}.intermediate.dense.weight"])
        inner = make.const(weights[f"{at}.intermediate.dense.bias"].astype(np.float32))
        wide = make.op("BiasGelu", wide, inner, domain="com.microsoft")
        out = make.product(wide, weights[f"{at}.output.dense.weight"])
        x = make.skip_norm(out, x, weights[f"{at}.output.dense.bias"], weights, f"{at}.output.LayerNorm", shape.epsilon)
    x = make.op("Reshape", x, full)
    head = make.op("Gather", x, make.const(np.int64(0)), axis=1)

    def mean(token: int) -> str:
        where = make.op("Cast", make.op("Equal", "ids", make.const(np.int64(token))), to=TensorProto.FLOAT)
        column = make.op("Unsqueeze", where, make.const(np.array([2], dtype=np.int64)))
        total = make.op("ReduceSum", make.op("Mul", x, column), make.const(np.array([1], dtype=np.int64)), keepdims=0)
        count = make.op("ReduceSum", where, make.const(np.array([1], dtype=np.int64)), keepdims=1)
        return make.op("Div", total, make.op("Max", count, make.const(np.float32(1))))

    first, second = mean(shape.first), mean(shape.second)
    for name, inputs in (("tone", (head, first)), ("pair", (head, first, second))):
        make.way = way
        hidden = make.product(make.op("Concat", *inputs, axis=-1), weights[f"{name}_hidden.weight"])
        active = make.op(
            "BiasGelu", hidden, make.const(weights[f"{name}_hidden.bias"].astype(np.float32)), domain="com.microsoft"
        )
        make.way = "fp32"
        logits = make.product(active, weights[f"{name}_out.weight"])
        make.nodes.append(helper.make_node("Add", [logits, make.const(weights[f"{name}_out.bias"].astype(np.float32))], [name]))
    graph = helper.make_graph(
        make.nodes,
        "toward-encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "t"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", size]) for name, size in (("tone", 3), ("pair", 5))],
        make.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="toward")


def write(model: onnx.ModelProto, path: Path) -> None:
    """Write the graph, same bytes for the same weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def weights_of(model: onnx.ModelProto, shape: Shape) -> dict[str, np.ndarray]:
    """The weights that `build` turned into a graph, as far as its int8 numbers still tell them; the inverse of `build`."""
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    makers = {name: node for node in model.graph.node for name in node.output}
    nodes: dict[str, list[Any]] = {}
    for node in model.graph.node:
        nodes.setdefault(node.op_type, []).append(node)

    def unpacked(node: Any) -> np.ndarray:
        return np.ascontiguousarray((held[node.input[1]].astype(np.float32) * held[node.input[3]]).T)

    products, norms, inners = nodes["MatMulIntegerToFloat"], nodes["LayerNormalization"], nodes["BiasGelu"]
    words, scales, places, distances = [held[node.input[0]] for node in nodes["Gather"] if node.input[0] in held]
    weights = {
        "base.embeddings.word_embeddings.weight": words.astype(np.float32) * scales,
        "base.embeddings.position_embeddings.weight": places,
        DISTANCES: distances,
    }
    weights |= {f"base.embeddings.LayerNorm.{part}": held[norms[0].input[at]] for at, part in ((1, "weight"), (2, "bias"))}
    for layer in range(shape.layers):
        at = f"base.encoder.layer.{layer}"
        joined, out, wide, narrow = (unpacked(node) for node in products[4 * layer : 4 * layer + 4])
        bias = held[nodes["MultiHeadAttention"][layer].input[3]]
        for part, name in enumerate(("query", "key", "value")):
            rows = slice(part * shape.width, (part + 1) * shape.width)
            weights[f"{at}.attention.self.{name}.weight"] = joined[rows]
            weights[f"{at}.attention.self.{name}.bias"] = bias[rows]
        weights[f"{at}.intermediate.dense.weight"] = wide
        weights[f"{at}.intermediate.dense.bias"] = held[inners[layer].input[1]]
        for node, name, dense in (
            (norms[2 * layer + 1], f"{at}.attention.output", out),
            (norms[2 * layer + 2], f"{at}.output", narrow),
        ):
            weights[f"{name}.dense.weight"] = dense
            weights[f"{name}.dense.bias"] = held[makers[makers[node.input[0]].input[0]].input[1]]
            weights |= {f"{name}.LayerNorm.{part}": held[node.input[place]] for place, part in ((1, "weight"), (2, "bias"))}
    for at, name in enumerate(("tone", "pair")):
        weights[f"{name}_hidden.weight"] = unpacked(products[4 * shape.layers + at])
        weights[f"{name}_hidden.bias"] = held[inners[shape.layers + at].input[1]]
        weights[f"{name}_out.weight"] = np.ascontiguousarray(held[makers[makers[name].input[0]].input[1]].T)
        weights[f"{name}_out.bias"] = held[makers[name].input[1]]
    return weights


def random_weights(*, layers: int, width: int, vocabulary: int, positions: int = 514, seed: int = 0) -> dict[str, np.ndarray]:
    """Weights of the right shapes and no meaning, to time a network of a given size."""
    rng = np.random.default_rng(seed)

    def draw(*size: int) -> np.ndarray:
        return (0.02 * rng.standard_normal(size)).astype(np.float32)

    weights = {
        "base.embeddings.word_embeddings.weight": draw(vocabulary, width),
        "base.embeddings.position_embeddings.weight": draw(positions, width),
    }
    norms = ["base.embeddings.LayerNorm"]
    dense = [
        ("tone_hidden", width, 2 * width),
        ("tone_out", 3, width),
        ("pair_hidden", width, 3 * width),
        ("pair_out", 5, width),
    ]
    for layer in range(layers):
        at = f"base.encoder.layer.{layer}"
        dense += [(f"{at}.attention.self.{name}", width, width) for name in ("query", "key", "value")]
        dense += [(f"{at}.attention.output.dense", width, width), (f"{at}.intermediate.dense", 4 * width, width)]
        dense += [(f"{at}.output.dense", width, 4 * width)]
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
    for name, outputs, inputs in dense:
        weights[f"{name}.weight"] = draw(outputs, inputs)
        weights[f"{name}.bias"] = draw(outputs)
    for name in norms:
        weights[f"{name}.weight"] = np.ones(width, dtype=np.float32)
        weights[f"{name}.bias"] = np.zeros(width, dtype=np.float32)
    return weights
