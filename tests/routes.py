"""The routes of the app, and an address for each of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Flask
from werkzeug.routing import Rule

from coordinator.access.door import gate_of
from coordinator.access.find import FINDERS

# A reference of the right shape that no record has.
MADE_UP = "ZZZZ99999"
# Parameters that lead to a record of a family, directly or through an entry.
OF_NO_FAMILY = {
    "account",
    "audit_view",
    "colleague",
    "absence",
    "desk",
    "desk_slot",
    "membership",
    "agency",
    "area",
    "team",
    "site",
    "post",
    "meeting_kind",
    "visit_kind",
    "guest_domain",
    "clock_rule",
    "lawful_basis",
    "referral_form",
    "referral_route",
    "document",
    "document_version",
    "question",
    "link_pair",
    "difficulty",
    "joint_concern",
    "local_service",
}
OF_A_FAMILY = frozenset(FINDERS) - OF_NO_FAMILY
# Routes whose entry is of one kind.
OF_ONE_KIND = {"plans.change_what_helps": "what-helps"}
# What stands for a parameter that leads to no record.
OTHERS = {"token": "no-such-token", "filename": "app.css", "told": "told", "name": uuid.UUID(int=1)}
OTHERS |= {"kind": "cmht", "group": "signing-in", "step": "both-signed", "measure": "M19"}


def rules(app: Flask) -> list[Rule]:
    """Return every rule that the app answers, the demo's own among them if it is one."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def gate(app: Flask, rule: Rule) -> str | None:
    """Return what the view behind a rule declares."""
    return gate_of(app.view_functions[rule.endpoint])


def record_of(rule: Rule) -> str | None:
    """Return the name of the parameter that leads to a record, if there is one."""
    return next((name for name in rule.arguments if name in FINDERS), None)


def key_of(rule: Rule) -> str | None:
    """Return under which name the world keeps the record that a rule leads to."""
    return OF_ONE_KIND.get(rule.endpoint, record_of(rule))


def address(app: Flask, rule: Rule, references: Mapping[str, str]) -> str:
    """Return an address of a rule, with these references in it."""
    keys = {name: OF_ONE_KIND.get(rule.endpoint, name) for name in rule.arguments}
    values = {
        name: (references.get(key) or MADE_UP) if name in FINDERS else OTHERS.get(name, 1)
        for name, key in keys.items()
    }
    built = app.url_map.bind("localhost").build(rule.endpoint, values, method=first_method(rule))
    return built.removeprefix("http://localhost")


def first_method(rule: Rule) -> str:
    """Return GET if the rule takes it, else POST."""
    return "GET" if "GET" in methods(rule) else "POST"


def methods(rule: Rule) -> set[str]:
    """Return GET and POST as far as the rule takes them."""
    return (rule.methods or set()) & {"GET", "POST"}
