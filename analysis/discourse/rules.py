"""What a rule is: a name that the results carry, a sentence it takes and one, near it, that it leaves; both are its test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. Its two texts are its tests.

    Attributes:
        name: what the results carry.
        takes: a text in which it finds something.
        leaves: one near it in which it finds nothing.
    """

    name: str
    takes: str
    leaves: str
