"""Our thin macros print what the library's macros print; the library is the oracle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from flask import Flask, render_template_string
from flask_wtf import CSRFProtect

from coordinator.web.presentation import dress

Token = tuple[str, ...]

# What we print beside the library's markup, on purpose.
OWN_CLASSES = "co-"  # hooks of app.css
OWN_ATTRIBUTES = {"data-label"}  # a phone repeats the column's name before each cell


@pytest.fixture(scope="module")
def page() -> Iterator[Flask]:
    """Give an app that has the template environment and nothing else."""
    app = Flask("coordinator")
    app.secret_key = "only for this test"
    dress(app)
    CSRFProtect(app)
    with app.test_request_context():
        yield app


def tokens(html: str) -> list[Token]:
    """Flatten markup to elements, attributes and words, whatever the spaces and the order."""
    found: list[Token] = []

    def walk(node: Tag) -> None:
        for child in node.children:
            if isinstance(child, Tag):
                attributes = []
                for name, value in child.attrs.items():
                    if name in OWN_ATTRIBUTES:
                        continue
                    words = sorted(value) if isinstance(value, list) else [str(value)]
                    attributes.append(
                        f"{name}={' '.join(w for w in words if not w.startswith(OWN_CLASSES))}"
                    )
                found.append((child.name, *sorted(attributes)))
                walk(child)
                found.append((f"/{child.name}",))
            elif isinstance(child, NavigableString) and child.strip():
                found.append(("text", " ".join(child.split())))

    walk(BeautifulSoup(html, "html.parser"))
    return found


def ours(name: str, call: str, **values: object) -> list[Token]:
    """Render a call of one of our macros."""
    macro = call.partition("(")[0]
    source = f"{{% from 'components/{name}.html' import {macro} %}}{{{{ {call} }}}}"
    return tokens(render_template_string(source, **values))


def theirs(component: str, params: dict[str, object]) -> list[Token]:
    """Render the library's macro for a component."""
    macro = "govuk" + component.title().replace("-", "")
    file = f"govuk_frontend_jinja/components/{component}/macro.html"
    source = f"{{% from '{file}' import {macro} %}}{{{{ {macro}(params) }}}}"
    return tokens(render_template_string(source, params=params))


SHARP = "A < B & \"C\" 'D'"


@pytest.mark.usefixtures("page")
def test_a_tag_is_the_librarys_tag() -> None:
    """Plain and coloured, with characters that HTML escapes."""
    assert ours("tag", "tag(text)", text=SHARP) == theirs("tag", {"text": SHARP})
    assert ours("tag", "tag('Late', 'red')") == theirs(
        "tag", {"text": "Late", "classes": "govuk-tag--red"}
    )


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("style", ["", "secondary", "warning"])
def test_a_button_is_the_librarys_button(style: str) -> None:
    """A submit button and a link that looks like one, in each style."""
    classes = {"classes": f"govuk-button--{style}"} if style else {}
    assert ours("button", "button(text, style)", text=SHARP, style=style) == theirs(
        "button", {"text": SHARP, **classes}
    )
    assert ours("button", "button('Go', style, name='n', value='v')", style=style) == theirs(
        "button", {"text": "Go", "name": "n", "value": "v", **classes}
    )
    assert ours("button", "button_link('Go', '/x', style)", style=style) == theirs(
        "button", {"text": "Go", "href": "/x", **classes}
    )


@pytest.mark.usefixtures("page")
def test_a_summary_list_is_the_librarys_summary_list() -> None:
    """Rows with no, one and two actions."""
    rows = [
        ("Name", SHARP, [("Change", "/n", "name")]),
        ("Team", "Assessment", []),
        ("Post", "Link worker", [("Change", "/p", "post"), ("End", "/e", "")]),
    ]
    expected = [
        {
            "key": {"text": key},
            "value": {"text": value},
            "actions": {
                "items": [
                    {"text": t, "href": h, "visuallyHiddenText": hidden} for t, h, hidden in actions
                ]
            },
        }
        for key, value, actions in rows
    ]
    assert ours("summary_list", "summary_list(rows)", rows=rows) == theirs(
        "summary-list", {"rows": expected}
    )
    plain = [("Name", "Ben"), ("Team", "Assessment")]
    assert ours("summary_list", "summary_list(rows)", rows=plain) == theirs(
        "summary-list", {"rows": [{"key": {"text": k}, "value": {"text": v}} for k, v in plain]}
    )


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("actions", [[], [("Open", "/o")], [("Open", "/o"), ("Print", "/p")]])
def test_a_summary_card_is_the_librarys_summary_card(actions: list[tuple[str, str]]) -> None:
    """The card around a summary list, with no, one and two actions."""
    source = """{% from 'components/summary_card.html' import summary_card %}
    {% from 'components/summary_list.html' import summary_list %}
    {% call summary_card('Plan', actions) %}{{ summary_list([('Goal', 'Sleep')]) }}{% endcall %}"""
    card = {
        "title": {"text": "Plan"},
        "actions": {"items": [{"text": t, "href": h} for t, h in actions]},
    }
    rows = [{"key": {"text": "Goal"}, "value": {"text": "Sleep"}}]
    assert tokens(render_template_string(source, actions=actions)) == theirs(
        "summary-list", {"card": card, "rows": rows}
    )


@pytest.mark.usefixtures("page")
def test_a_table_is_the_librarys_table() -> None:
    """Caption, column and row headers, and a column of numbers."""
    rows = [[SHARP, 2], ["Dana", 0]]
    expected = {
        "caption": "Who called",
        "captionClasses": "govuk-table__caption--m",
        "firstCellIsHeader": True,
        "head": [{"text": "Who"}, {"text": "Calls", "format": "numeric"}],
        "rows": [[{"text": who}, {"text": str(calls), "format": "numeric"}] for who, calls in rows],
    }
    assert ours(
        "table", "table('Who called', ['Who', 'Calls'], rows, numeric=[1])", rows=rows
    ) == theirs("table", expected)


@pytest.mark.usefixtures("page")
def test_an_error_summary_is_the_librarys_error_summary() -> None:
    """A line that leads to its field, and one that has nowhere to lead."""
    errors = [(SHARP, "day-day"), ("The form is too old", "")]
    expected = {
        "titleText": "There is a problem",
        "errorList": [{"text": SHARP, "href": "#day-day"}, {"text": "The form is too old"}],
    }
    assert ours("error_summary", "error_summary(errors)", errors=errors) == theirs(
        "error-summary", expected
    )


@pytest.mark.usefixtures("page")
def test_a_back_link_is_the_librarys_back_link_inside_a_landmark() -> None:
    """The nav around it is ours: it stands above <main>, and all of a page is in landmarks."""
    printed = ours("back_link", "back_link('/f', 'Back to the family')")
    assert printed[0] == ("nav", "aria-label=Back")
    assert printed[1:-1] == theirs("back-link", {"href": "/f", "text": "Back to the family"})


@pytest.mark.usefixtures("page")
def test_an_inset_and_a_pagination_are_the_librarys() -> None:
    """The smaller components, in the form that we use."""
    assert ours("inset", "inset(text)", text=SHARP) == theirs("inset-text", {"text": SHARP})
    expected = {
        "landmarkLabel": "Pages",
        "previous": {"href": "/n", "text": "Newer"},
        "next": {"href": "/o", "text": "Older", "labelText": "before 3 November"},
    }
    assert ours("pagination", "pagination('/n', '/o', older_hint='before 3 November')") == theirs(
        "pagination", expected
    )


@pytest.mark.usefixtures("page")
def test_one_press_posts_its_token_its_key_and_its_fields_and_nothing_unescaped() -> None:
    """The small form that does one thing."""
    source = """{% from 'components/confirm.html' import post_button %}
    {{ post_button('/a/b', 'Accept', 'key-1', 'secondary', {'answer': text},
                   hidden='the action', version=3) }}"""
    soup = BeautifulSoup(render_template_string(source, text=SHARP), "html.parser")
    form = soup.find("form")
    assert form is not None
    assert (form["method"], form["action"]) == ("post", "/a/b")
    sent = {str(field["name"]): str(field["value"]) for field in soup.find_all("input")}
    assert len(sent.pop("csrf_token")) > 20
    assert sent == {"form_key": "key-1", "version": "3", "answer": SHARP}
    assert " ".join(form.get_text().split()) == "Accept the action"
