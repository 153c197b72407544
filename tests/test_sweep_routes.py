"""True of every route, whoever adds it."""

import ast
import inspect
import re
import textwrap
from pathlib import Path

import pytest
from flask import Flask

import databases
import routes
from coordinator import create_app, web
from coordinator.access.combined_rules import sentence
from coordinator.access.door import PUBLIC, UndeclaredRouteError, public, requires
from coordinator.access.find import FINDERS
from coordinator.access.policy import POLICY, Permission
from coordinator.web.frame import SECTIONS


@pytest.fixture(scope="module")
def plain() -> Flask:
    return create_app(databases.config("sqlite://", demo=True))


def test_every_route_declares_who_may_enter(plain):
    undeclared = [
        rule.endpoint
        for rule in routes.rules(plain)
        if rule.endpoint != "static" and routes.gate(plain, rule) not in {PUBLIC, *Permission}
    ]
    assert undeclared == []


# What a guest's link opens; who comes by it is the pass (tests/test_guest_passes.py).
GUESTS = ("board", "calendar", "meeting", "pass_on", "reply", "written_view")


def test_the_public_routes_are_these_and_no_others(plain):
    public_ones = {r.endpoint for r in routes.rules(plain) if routes.gate(plain, r) == PUBLIC}
    assert public_ones == {
        "front.home",
        "front.accessibility",
        "answers_by_mail.take",
        "leads.leads",
        "calendar_feeds.fetch",
        *(f"guest_passes.{page}" for page in GUESTS),
        "sign_in.sign_in",
        "sign_in.code",
        "sign_in.enrol",
        "sign_in.set_up",
        "sign_in.time_left",
    }


@pytest.mark.parametrize("late", [False, True], ids=["by decorator", "by hand"])
def test_an_undeclared_route_cannot_be_registered(late):
    app = create_app(databases.config("sqlite://"))
    add = app.add_url_rule if late else app.route("/nobody-said")
    what = ("/nobody-said", "nobody", lambda: "x") if late else (lambda: "x",)
    with pytest.raises(UndeclaredRouteError, match="neither"):
        add(*what)


def test_the_order_of_decorators_cannot_open_a_route():
    app = create_app(databases.config("sqlite://"))

    def view(visit):
        raise AssertionError("never reached without signing in")

    # `requires` below the route and above it declare the same thing.
    app.route("/below")(requires(Permission.TODAY_READ)(view))
    with pytest.raises(UndeclaredRouteError):
        requires(Permission.TODAY_READ)(app.route("/above")(lambda _visit: "x"))
    assert app.test_client().get("/below").status_code == 302


def test_a_public_view_and_a_guarded_one_are_told_apart():
    assert public(lambda: None)._coordinator_gate == PUBLIC


def test_every_permission_has_a_rule_and_every_rule_a_sentence():
    assert set(POLICY) == set(Permission)
    for permission, rule in POLICY.items():
        assert sentence(rule)[0].isupper(), permission


def test_every_permission_is_used_by_a_route(plain):
    used = {routes.gate(plain, rule) for rule in routes.rules(plain)}
    unused = sorted(str(p) for p in set(Permission) - used if p not in _decided_in_views())
    assert unused == []


def _decided_in_views() -> set[Permission]:
    """Permissions that a view or a page asks of the policy by name."""
    found = set()
    for path in Path(web.__file__).parent.glob("*.py"):
        for name in re.findall(r"Permission\.([A-Z_]+)", path.read_text()):
            found.add(Permission[name])
    return found


def test_addresses_are_in_kebab_case(plain):
    for rule in routes.rules(plain):
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule
        assert rule.rule == "/" or not rule.rule.endswith("/"), rule


def test_an_address_holds_at_most_one_reference_and_no_number(plain):
    for rule in routes.rules(plain):
        assert len(set(rule.arguments) & set(FINDERS)) <= 1, rule
        assert not {a for a in rule.arguments if a == "id" or a.endswith("_id")}, rule
        unknown = set(rule.arguments) - set(FINDERS) - set(routes.OTHERS)
        for name in unknown:
            converter = rule._converters[name]
            assert type(converter).__name__ != "UnicodeConverter", (
                f"{rule}: {name!r} is neither a record (access/find.py) nor of a type"
            )


def test_every_guarded_view_takes_what_the_door_gives(plain):
    for rule in routes.rules(plain):
        if routes.gate(plain, rule) in (PUBLIC, None):
            continue
        view = inspect.unwrap(plain.view_functions[rule.endpoint])
        names = list(inspect.signature(view).parameters)
        assert names[0].lstrip("_") == "visit", rule
        assert len(names) == 1 + len(rule.arguments), rule


def test_a_view_neither_commits_nor_opens_a_transaction(plain):
    for endpoint, view in plain.view_functions.items():
        if endpoint == "static":
            continue
        source = textwrap.dedent(inspect.getsource(inspect.unwrap(view)))
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & {"commit", "begin", "begin_nested", "flush", "execute"}, endpoint


def test_every_blueprint_lights_up_a_section(plain):
    without = {"answers_by_mail", "front", "guest_passes", "sign_in"}
    assert set(plain.blueprints) - set(SECTIONS) - without == set()
