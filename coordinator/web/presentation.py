"""How values look on a page, and the template environment that shows them.

Dates and times are written as GOV.UK writes them, in London time, whatever zone an instant has.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import phonenumbers
from flask import Flask, g
from flask.templating import Environment
from jinja2 import ChoiceLoader, FileSystemBytecodeCache, PackageLoader, PrefixLoader, Template
from jinja2.runtime import Context

from coordinator.clock import elsewhere, local, time_in_words, today
from coordinator.forms.fields import form_errors

_DICT_ATTRIBUTES = frozenset(dir(dict))


class QuietEnvironment(Environment):
    """The ordinary environment, without two of its costs.

    A missing key of a dict is looked up without raising: the form macros ask for dozens of optional
    keys on each use, and Jinja raises and catches for each.  Templates without globals of their own
    share the environment's, so an `import` is always of the same module: Jinja would compare all
    globals to find that out, eleven times for a plan.
    """

    class template_class(Template):  # noqa: N801  (the name is Jinja's)
        """A template whose macros are imported once."""

        def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002
            return super()._get_default_module()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give `obj.attribute` as Jinja does; a dict's method still wins over a key of its name."""
        if type(obj) is dict and attribute not in _DICT_ATTRIBUTES:
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


def in_london(value: date | datetime) -> date | datetime:
    """Turn an aware instant into London's wall clock; leave dates and local times as they are."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return local(value)
    return value


def day_text(value: date | datetime | None) -> str:
    """Write a day: `24 November 2026`; nothing gives an empty text."""
    if value is None:
        return ""
    day = in_london(value)
    return f"{day.day} {day:%B %Y}"


def weekday_text(value: date | datetime | None) -> str:
    """Write a day with its weekday: `Tuesday 24 November`, and the year unless it is this one."""
    if value is None:
        return ""
    day = in_london(value)
    year = "" if day.year == today().year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def near_day(value: date | datetime | None) -> str:
    """Write a day by what it is to us: `today`, `tomorrow`, `yesterday`, else weekday and date."""
    if value is None:
        return ""
    day = in_london(value)
    day = day.date() if isinstance(day, datetime) else day
    words = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return words.get((day - today()).days) or weekday_text(day)


def clock_text(value: datetime | time | None) -> str:
    """Write a time of day: `2:30pm`, `9am`, `midday`, `midnight`."""
    if value is None:
        return ""
    return time_in_words(local(value) if isinstance(value, datetime) and value.tzinfo else value)


def moment_text(value: datetime | None) -> str:
    """Write an instant: `Tuesday 24 November, 2:30pm`, with the year when it is not this one."""
    return f"{weekday_text(value)}, {clock_text(value)}" if value else ""


def near_moment(value: datetime | None) -> str:
    """Write an instant near us: `today, 2:30pm`, else as `moment_text` does."""
    return f"{near_day(value)}, {clock_text(value)}" if value else ""


def there_text(start: datetime | None, end: datetime | None) -> str:
    """Write from when to when it is in the time zone of whoever reads, if it is another there."""
    actor = g.get("actor")
    return elsewhere(start, end, actor.zone) if actor and start and end else ""


def machine_time(value: date | datetime | None) -> str:
    """Write the value for a `datetime` attribute: ISO 8601, to the second."""
    if value is None:
        return ""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def length_text(value: timedelta | None) -> str:
    """Write a length of time: `45 minutes`, `1 hour`, `1 hour 30 minutes`."""
    if value is None:
        return ""
    hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n) or "0 minutes"


def taken_text(value: timedelta | None) -> str:
    """Write how long somebody took, no finer than is worth knowing: `5 hours`, `2 days`."""
    if value is None:
        return ""
    hours = int(value.total_seconds()) // 3600
    if not hours:
        return "less than an hour"
    number, word = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{number} {word}{'' if number == 1 else 's'}"


def hours_taken_text(hours: int | None) -> str:
    """Write a number of hours as a length of time."""
    return taken_text(None if hours is None else timedelta(hours=hours))


@lru_cache(maxsize=4096)
def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None


def phone_text(number: str | None) -> str:
    """Write a telephone number with its usual spaces; what cannot be read stays as it is."""
    parsed = _parsed(number) if number else None
    if parsed is None:
        return number or ""
    british = parsed.country_code == 44
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if british
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def phone_link(number: str | None) -> str:
    """Give the address that a phone dials (RFC 3966), or nothing when the number cannot be read."""
    parsed = _parsed(number) if number else None
    return (
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966) if parsed else ""
    )


FILTERS = {
    "day": day_text,
    "weekday": weekday_text,
    "near_day": near_day,
    "clock": clock_text,
    "moment": moment_text,
    "near_moment": near_moment,
    "there": there_text,
    "machine_time": machine_time,
    "length_of_time": length_text,
    "taken": taken_text,
    "hours_taken": hours_taken_text,
    "phone": phone_text,
    "phone_link": phone_link,
}


def dress(app: Flask) -> None:
    """Set up the app's templates: library macros, filters, asset addresses, escaping everywhere.

    Call it before anything touches `app.jinja_env`.  Templates are read again only in debug.
    """
    app.jinja_environment = QuietEnvironment
    app.config.setdefault("TEMPLATES_AUTO_RELOAD", app.debug)
    environment = app.jinja_env
    environment.autoescape = True
    environment.bytecode_cache = _compiled_templates(app)
    libraries = {
        name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")
    }
    own = app.jinja_loader
    environment.loader = ChoiceLoader([*([own] if own else []), PrefixLoader(libraries)])
    environment.filters.update(FILTERS)

    marks: dict[str, str] = {}

    def asset(name: str) -> str:
        """Give a static file's address with a mark of its content, so that browsers may keep it."""
        if name not in marks or app.debug:
            content = (Path(app.static_folder or "") / name).read_bytes()
            marks[name] = hashlib.sha256(content).hexdigest()[:12]
        return f"{app.static_url_path}/{name}?v={marks[name]}"

    app.add_template_global(asset)
    app.add_template_global(form_errors)


def _compiled_templates(app: Flask) -> FileSystemBytecodeCache | None:
    """Keep compiled templates in the instance folder, if it can be written to."""
    folder = Path(app.instance_path) / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def warm(app: Flask) -> None:
    """Compile every template now, so that the first visitor does not wait for it."""
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.endswith(".html")):
        app.jinja_env.get_template(name)
