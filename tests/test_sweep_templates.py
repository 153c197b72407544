"""True of every template, whoever adds it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

import databases
from coordinator import create_app

FOLDER = Path(create_app.__code__.co_filename).parent / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
PAGES = [name for name in NAMES if not name.startswith("components/")]
# What a reading has already decided; a template that asks again would be a second wall to keep.
DECIDED_IN_READS = {"level", "levels", "way", "excluded"}


@cache
def app() -> Flask:
    return create_app(databases.config("sqlite://", demo=True))


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def tree(name: str) -> nodes.Template:
    return app().jinja_env.parse(source(name), name)


@pytest.mark.parametrize("name", NAMES)
def test_the_template_compiles(name):
    app().jinja_env.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_template_uses_what_it_imports(name):
    imported = {
        alias if isinstance(one, tuple) else one
        for node in tree(name).find_all(nodes.FromImport)
        for one in node.names
        for alias in [one[1] if isinstance(one, tuple) else one]
    }
    imported |= {node.target for node in tree(name).find_all(nodes.Import)}
    used = {node.name for node in tree(name).find_all(nodes.Name) if node.ctx == "load"}
    assert imported - used == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_template_lets_nothing_through_unescaped(name):
    filters = {node.name for node in tree(name).find_all(nodes.Filter)}
    assert not filters & {"safe", "markup", "attr"}
    assert not list(tree(name).find_all(nodes.EvalContextModifier))


@pytest.mark.parametrize("name", NAMES)
def test_the_template_has_no_inline_style_and_no_inline_script(name):
    text = source(name)
    assert not re.search(r"\sstyle\s*=", re.sub(r"\{[{%].*?[%}]\}", "", text, flags=re.DOTALL))
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_in_the_layout(name):
    if name in ("layout.html", "leads/page.html"):  # the one page that is a file of its own
        return
    extended = [node.template.value for node in tree(name).find_all(nodes.Extends)]
    if extended:
        assert set(extended) <= set(PAGES)
        return
    parts = re.escape(name)
    users = [other for other in NAMES if other != name and re.search(parts, source(other))]
    assert users, f"{name} neither extends a layout nor is a part of another page"


@pytest.mark.parametrize("name", PAGES)
def test_no_condition_asks_who_may_read(name):
    """Deleting any condition on a level from the templates may change nothing: there is none."""
    asked: set[str] = set()
    for node in tree(name).find_all((nodes.If, nodes.CondExpr, nodes.For)):
        test = node.test
        if test is None:
            continue
        parts = [test, *test.find_all((nodes.Getattr, nodes.Name))]
        asked |= {p.attr for p in parts if isinstance(p, nodes.Getattr)}
        asked |= {p.name for p in parts if isinstance(p, nodes.Name)}
    for node in tree(name).find_all(nodes.Filter):
        if node.name in ("selectattr", "rejectattr"):
            asked |= {str(a.value) for a in node.args if isinstance(a, nodes.Const)}
    assert not asked & DECIDED_IN_READS


@pytest.mark.parametrize("name", PAGES)
def test_the_template_is_used(name):
    """A template that nothing renders, extends or imports is left over."""
    root = FOLDER.parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    others = "\n".join(source(other) for other in NAMES if other != name)
    assert name in code or name in others
