"""Rules made of rules: any of them, all of them; whether they hold, and how they read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class AnyOf:
    """Allowed if one of the rules says yes."""

    rules: tuple[Any, ...]


@dataclass(frozen=True)
class AllOf:
    """Allowed if all of the rules say yes."""

    rules: tuple[Any, ...]


def any_of(*rules: Any) -> AnyOf:
    """Return the rule that holds when one of these does."""
    return AnyOf(rules)


def all_of(*rules: Any) -> AllOf:
    """Return the rule that holds when all of these do."""
    return AllOf(rules)


@cache
def sentence(rule: Any) -> str:
    """Return a whole rule as words, for docs/access.md."""
    if isinstance(rule, AnyOf):
        return " Or: ".join(dict.fromkeys(sentence(part) for part in rule.rules))
    if isinstance(rule, AllOf):
        return " And: ".join(sentence(part) for part in rule.rules)
    return str((rule.__doc__ or rule.__name__).strip().splitlines()[0])


def lacking(rule: Any, actor: Actor, record: object) -> Iterator[str]:
    """Yield for whom it is, as far as that is not this actor: words that go on from "for"."""
    if isinstance(rule, AnyOf):
        for part in rule.rules:
            yield from lacking(part, actor, record)
    elif isinstance(rule, AllOf):
        lacks = next(part for part in rule.rules if not holds(part, actor, record))
        yield from lacking(lacks, actor, record)
    else:
        words = sentence(rule).removesuffix(".")
        yield words[:1].lower() + words[1:]


def holds(rule: Any, actor: Actor, record: object) -> bool:
    """Whether a rule says yes."""
    if isinstance(rule, AnyOf):
        return any(holds(part, actor, record) for part in rule.rules)
    if isinstance(rule, AllOf):
        return all(holds(part, actor, record) for part in rule.rules)
    return rule(actor, record) is True
