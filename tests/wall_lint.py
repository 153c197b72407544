"""What passes the second wall by, found in the source: the ways that the wall cannot see.

A record that is already in the session comes from `get` without a query; a refreshed one, raw SQL
and a connection of one's own ask no event; a service reads all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

# Attributes that no module uses but for a reason given in ALLOWED.
ATTRIBUTES = {
    "__table__": "a bare table",
    "refresh": "refresh",
    "from_statement": "from_statement",
    "engine": "an engine",
    "connection": "a connection",
    "exec_driver_sql": "raw SQL",
    "get_bind": "an engine",
    "add_property": "a mapper changed",
}
IMPORTED = {"text": "raw SQL", "create_engine": "an engine", "literal_column": "raw SQL"}
GETTERS = {"get", "get_one"}


def ways_round(source: str, guarded: frozenset[str]) -> set[str]:
    """Return the ways round the wall that this source takes.

    `guarded`: the models of a family.  `get` may be used on them by the id of something in sight:
    a parameter whose type ends in `InSight`, so that it came through the scope.
    """
    return set(_found(ast.parse(source), guarded))


def _found(tree: ast.Module, guarded: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ATTRIBUTES:
            yield ATTRIBUTES[node.attr]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from (IMPORTED[name.name] for name in node.names if name.name in IMPORTED)
        elif isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.Subscript) and _is_acting(node):
            yield "acting set by hand"
    yield from (f"get of {model}" for model in _got(tree, guarded))


def _called(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "Session":
        yield "a session of one's own"
    if name == "Acting" and any(keyword.arg == "service" for keyword in call.keywords):
        yield "a service"
    if name == "text" and isinstance(call.func, ast.Attribute):
        yield from ["raw SQL"] if getattr(call.func.value, "id", "") in ("sa", "sqlalchemy") else []


def _is_acting(node: ast.Subscript) -> bool:
    """Return whether `session.info["acting"]` is written."""
    return (
        isinstance(node.ctx, ast.Store | ast.Del)
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == "acting"
    )


def _got(tree: ast.Module, guarded: frozenset[str]) -> Iterator[str]:
    """Return each family model that a function gets by what is not the id of a sight."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        arguments = [*function.args.args, *function.args.kwonlyargs]
        sights = {
            one.arg
            for one in arguments
            if one.annotation is not None and ast.unparse(one.annotation).endswith("InSight")
        }
        for call in ast.walk(function):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in GETTERS
                and len(call.args) > 1
                and isinstance(call.args[0], ast.Name)
                and call.args[0].id in guarded
                and not _is_id_of(call.args[1], sights)
            ):
                yield call.args[0].id


def _is_id_of(key: ast.expr, sights: set[str]) -> bool:
    """Return whether this is `sight.id` or `sight.family.id`."""
    if not (isinstance(key, ast.Attribute) and key.attr == "id"):
        return False
    owner = key.value
    if isinstance(owner, ast.Attribute) and owner.attr == "family":
        owner = owner.value
    return isinstance(owner, ast.Name) and owner.id in sights
