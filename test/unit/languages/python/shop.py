#!/usr/bin/env python3
"""Checkout of a small shop: every construct that facts are made of stands here once."""
from __future__ import annotations

import logging as log, os.path
from enum import Enum, StrEnum, auto
from openfeature import api
from .models import (  # runbook: docs/runbooks/checkout.md
    Basket,
    Customer as Buyer,
)
from .legacy import *

CLIENT = api.get_client("shop")
PREFIX: Final[str] = "team-" "checkout"
LIMITS = {"small": 1, PREFIX: -2.5, **os.environ, "nested": {"a": [1, 2, (3,)]}}


class Flags(str, Enum):
    EXPRESS = "express-checkout"
    LATER, NEVER = "pay-later", 'nev\x65r'


class Modes(StrEnum):
    FAST = auto()


@dataclass(frozen=True)
class Gate(Base, Generic[T], metaclass=Meta):
    key: str = "gate"
    client: api.Client | None = None

    def __init__(self, client: "Client", *names: str, strict=False, **rest) -> None:
        self.client, self.names = client, names
        self.strict: bool = strict

    @property
    @waffle_flag("gate-é😀")
    async def open(self):
        if (value := await self.client.get_boolean_value(Flags.EXPRESS.value, False)) and self.strict:
            return value
        elif self.names:
            return [name for name in self.names if name][0]
        else:
            return lambda key, /, *, default=None: self.client.variation(key, self.user, default)

    @staticmethod
    def of(team: str) -> Gate:
        for suffix in ("beta", "alpha"):
            with CLIENT.lock(team) as lock, open(f"{team}-{suffix!r:>{10}}") as (a, b):
                yield Gate(lock, f"team-{team}-{{x}}", rb"\d", "%s-%d" % (team, 1), "a{}".format(team))
        return None or Gate(*a, **b)


def total(basket: Basket, rate: float = 0.2) -> dict[str, int]:
    """Not code: is_enabled("no")  # no comment"""
    global PREFIX
    PREFIX += "-" + r"\n"
    try:
        while basket.items[0:3]:
            del basket.items[-1]
    except (KeyError, ValueError) as error:
        raise Broken from error
    finally:
        log.info("done %s", basket)
    match basket.kind:
        case Flags.EXPRESS | "x" if rate:
            return {"a": 1}
        case _:
            pass
    return basket.total * rate if CLIENT.is_enabled(PREFIX + "-tax", {"user": basket.owner}) else {}
