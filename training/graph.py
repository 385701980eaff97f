"""Write an encoder of BERT's or MPNet's kind, with slots and the two heads, as an ONNX graph, node by node.

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


DISTANCES = "distances"
"""Name under which a network of MPNet's kind has what each head adds for each distance, (heads, 2 * longest - 1)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the graph builder needs to know about the network."""

    layers: int
    width: int
    heads: int
    epsilon: float
    slots: tuple[int, ...]
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
    """The graph: sentences in, answers about their slots out.

    Inputs: `ids` (n, t) int64, padded with the pad id; `targets` (k, 2) int64, each a row of ids and the number of a slot in
    it; `pairs` (m, 3), each a row and two slots. Outputs: `tone` (k, 3) and `pair` (m, 5), logits.

    Args:
        weights: a state dict as `training.network.ToneNet` has it, as numpy arrays, the slots' vectors among the words'.
        shape: sizes and special ids.
        way: how linear layers are held.
        seed: of the chance by which their weights are rounded (`Builder.whole`); None rounds to the nearest.
    """
    make = Builder(way, None if seed is None else np.random.default_rng(seed))
    x = trunk(make, weights, shape)
    first = make.op("Gather", x, make.const(np.int64(0)), axis=1)

    across, down = make.const(np.array([1], dtype=np.int64)), make.const(np.array(shape.slots, dtype=np.int64)[None, :, None])
    where = make.op("Cast", make.op("Equal", make.op("Unsqueeze", "ids", across), down), to=TensorProto.FLOAT)
    count = make.op("ReduceSum", where, make.const(np.array([2], dtype=np.int64)), keepdims=1)
    means = make.op("Div", make.op("MatMul", where, x), make.op("Max", count, make.const(np.float32(1))))

    def column(table: str, number: int) -> str:
        return make.op("Gather", table, make.const(np.int64(number)), axis=1)

    def state(table: str, number: int) -> str:
        """The mean state of the slot that a column of a table of questions names."""
        found = [make.op("Unsqueeze", column(table, at), across) for at in (0, number)]
        return make.op("GatherND", means, make.op("Concat", *found, axis=1))

    for name, table, slots in (("tone", "targets", (1,)), ("pair", "pairs", (1, 2))):
        inputs = [make.op("Gather", first, column(table, 0), axis=0), *(state(table, number) for number in slots)]
        make.way = way
        hidden = make.product(make.op("Concat", *inputs, axis=-1), weights[f"{name}_hidden.weight"])
        active = make.op(
            "BiasGelu", hidden, make.const(weights[f"{name}_hidden.bias"].astype(np.float32)), domain="com.microsoft"
        )
        make.way = "fp32"
        logits = make.product(active, weights[f"{name}_out.weight"])
        make.nodes.append(helper.make_node("Add", [logits, make.const(weights[f"{name}_out.bias"].astype(np.float32))], [name]))
    asked: dict[str, list[str | int]] = {"ids": ["n", "t"], "targets": ["k", 2], "pairs": ["m", 3]}
    return _model(make, "toward-encoder", asked, {"tone": ["k", 3], "pair": ["m", 5]})


def trunk(make: Builder, weights: dict[str, np.ndarray], shape: Shape) -> str:
    """Embeddings and layers: the states of all places, (n, t, width), from the input `ids`."""
    present = make.op("Not", make.op("Equal", "ids", make.const(np.int64(shape.pad))))
    length = make.op("Shape", "ids", start=1, end=2)
    steps = make.op("Range", make.const(np.int64(0)), make.op("Squeeze", length), make.const(np.int64(1)))
    tokens = make.table("ids", weights["words.weight"])
    places = make.op("Gather", make.const(weights["places.weight"].astype(np.float32)), steps)
    x = make.norm(make.op("Add", tokens, places), weights, "embedding_norm", shape.epsilon)
    nearness = [make.nearness(steps, weights[DISTANCES])] if DISTANCES in weights else []
    flat = make.const(np.array([-1, shape.width], dtype=np.int64))
    full = make.op("Concat", make.op("Shape", "ids"), make.const(np.array([shape.width], dtype=np.int64)), axis=0)
    tripled = make.op("Concat", make.op("Shape", "ids"), make.const(np.array([3 * shape.width], dtype=np.int64)), axis=0)
    x = make.op("Reshape", x, flat)
    mask = make.op("Cast", present, to=TensorProto.INT32)
    for layer in range(shape.layers):
        at = f"layers.{layer}"
        joined = make.op("Reshape", make.product(x, weights[f"{at}.attention.weight"]), tripled)
        query, key, value = make.op(
            "Split", joined, make.const(np.array([shape.width] * 3, dtype=np.int64)), outputs=3, axis=-1
        )
        bias = make.const(weights[f"{at}.attention.bias"].astype(np.float32))
        heard = make.op(
            "MultiHeadAttention", query, key, value, bias, mask, *nearness, domain="com.microsoft", num_heads=shape.heads
        )
        out = make.product(make.op("Reshape", heard, flat), weights[f"{at}.attended.weight"])
        x = make.skip_norm(out, x, weights[f"{at}.attended.bias"], weights, f"{at}.attention_norm", shape.epsilon)
        wide = make.product(x, weights[f"{at}.wide.weight"])
        wide = make.op("BiasGelu", wide, make.const(weights[f"{at}.wide.bias"].astype(np.float32)), domain="com.microsoft")
        out = make.product(wide, weights[f"{at}.narrow.weight"])
        x = make.skip_norm(out, x, weights[f"{at}.narrow.bias"], weights, f"{at}.norm", shape.epsilon)
    return make.op("Reshape", x, full)


def build_states(weights: dict[str, np.ndarray], shape: Shape, *, way: Way, seed: int | None = None) -> onnx.ModelProto:
    """The graph without heads: `ids` (n, t) int64 in, `states` (n, t, width) out."""
    make = Builder(way, None if seed is None else np.random.default_rng(seed))
    make.nodes.append(helper.make_node("Identity", [trunk(make, weights, shape)], ["states"]))
    return _model(make, "toward-words", {"ids": ["n", "t"]}, {"states": ["n", "t", shape.width]})


def _model(
    make: Builder, name: str, inputs: dict[str, list[str | int]], outputs: dict[str, list[str | int]]
) -> onnx.ModelProto:
    """A model of what a builder collected, whole numbers in and numbers out."""
    graph = helper.make_graph(
        make.nodes,
        name,
        [helper.make_tensor_value_info(one, TensorProto.INT64, size) for one, size in inputs.items()],
        [helper.make_tensor_value_info(one, TensorProto.FLOAT, size) for one, size in outputs.items()],
        make.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="toward")


def write(model: onnx.ModelProto, path: Path) -> None:
    """Write the graph, same bytes for the same weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def random_weights(*, layers: int, width: int, vocabulary: int, positions: int = 514, seed: int = 0) -> dict[str, np.ndarray]:
    """Weights of the right shapes and no meaning, to time a network of a given size."""
    rng = np.random.default_rng(seed)

    def draw(*size: int) -> np.ndarray:
        return (0.02 * rng.standard_normal(size)).astype(np.float32)

    weights = {"words.weight": draw(vocabulary, width), "places.weight": draw(positions, width)}
    norms = ["embedding_norm"]
    dense = [
        ("tone_hidden", width, 2 * width),
        ("tone_out", 3, width),
        ("pair_hidden", width, 3 * width),
        ("pair_out", 5, width),
    ]
    for layer in range(layers):
        at = f"layers.{layer}"
        dense += [(f"{at}.attention", 3 * width, width), (f"{at}.attended", width, width)]
        dense += [(f"{at}.wide", 4 * width, width), (f"{at}.narrow", width, 4 * width)]
        norms += [f"{at}.attention_norm", f"{at}.norm"]
    for name, outputs, inputs in dense:
        weights[f"{name}.weight"] = draw(outputs, inputs)
        weights[f"{name}.bias"] = draw(outputs)
    for name in norms:
        weights[f"{name}.weight"] = np.ones(width, dtype=np.float32)
        weights[f"{name}.bias"] = np.zeros(width, dtype=np.float32)
    return weights
