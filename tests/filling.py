"""Filling in a form as it stands on a page: names, hidden fields and choices are the page's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bs4 import Tag
from werkzeug.datastructures import MultiDict

from checks import words

Value = str | int | bool | date | None | list[str]


def form_values(form: Tag) -> MultiDict[str, str]:
    """Return what a browser would send of this form, without a button."""
    sent: MultiDict[str, str] = MultiDict()
    for control in form.select("input, select, textarea"):
        name = str(control.get("name", ""))
        kind = str(control.get("type", "text"))
        if not name or control.has_attr("disabled") or kind in ("submit", "button", "image"):
            continue
        if control.name == "textarea":
            sent.add(name, control.get_text().removeprefix("\n"))
        elif control.name == "select":
            options = control.select("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            for option in chosen:
                sent.add(name, str(option.get("value", words(option))))
        elif kind not in ("radio", "checkbox") or control.has_attr("checked"):
            sent.add(name, str(control.get("value", "on" if kind == "checkbox" else "")))
    return sent


def offered(form: Tag, name: str) -> list[str] | None:
    """Return the values that a choice offers, or None for a field that takes words."""
    options = form.select(f'select[name="{name}"] option')
    if options:
        return [str(option.get("value", words(option))) for option in options]
    ticks = form.select(f'input[name="{name}"][type=radio], input[name="{name}"][type=checkbox]')
    return [str(tick.get("value", "on")) for tick in ticks] or None


def fill(form: Tag, sent: MultiDict[str, str], name: str, value: Value) -> None:
    """Write a value into a field of a form, as a person could."""
    if isinstance(value, date):
        for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
            fill(form, sent, f"{name}-{part}", str(number))
        return
    choices = offered(form, name)
    if value is None or value is False:
        sent.poplist(name)
        if choices is None:
            sent[name] = ""
        return
    if value is True:
        assert choices, f"{name} is not a box to tick"
        value = choices[0]
    many = value if isinstance(value, list) else [str(value)]
    if choices is not None:
        wrong = [one for one in many if one not in choices]
        assert not wrong, f"{name} offers {choices}, not {wrong}"
    sent.setlist(name, many)


def names(form: Tag) -> set[str]:
    return {str(c["name"]) for c in form.select("input[name], select[name], textarea[name]")}


def _has(form: Tag, name: str, value: Value) -> bool:
    there = names(form)
    return f"{name}-day" in there if isinstance(value, date) else name in there


def find_button(form: Tag, text: str) -> Tag | None:
    for button in form.select("button, input[type=submit]"):
        hidden = button.select_one(".govuk-visually-hidden")
        whole = words(button) or str(button.get("value", ""))
        seen = whole.removesuffix(words(hidden)).strip() if hidden else whole
        if text in (whole, seen):
            return button
    return None


def fits(form: Tag, values: Mapping[str, Value], button: str | None, to: str | None) -> bool:
    return (
        all(_has(form, name, value) for name, value in values.items())
        and (button is None or find_button(form, button) is not None)
        and (to is None or str(form.get("action", "")).endswith(to))
    )


def shape(form: Tag) -> str:
    return f"{form.get('action')} {sorted(names(form))}"
