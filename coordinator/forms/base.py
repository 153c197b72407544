"""What every form has: a key that makes a second press harmless, and a way to take a refusal.

A form validates what was typed; it neither queries nor saves.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import Field

from coordinator.errors import ConflictError, InvalidError
from coordinator.forms.fields import FormKeyField, VersionField


class Form(FlaskForm):
    """The base of all forms.  `conflict` is set when somebody else changed the record meanwhile."""

    form_key = FormKeyField(default=lambda: secrets.token_urlsafe(16))
    conflict: ConflictError | None = None

    def __init__(self, *args: Any, **values: Any) -> None:
        """Fill the form; what the person typed before having to sign in again comes first."""
        super().__init__(*args, **values)
        if draft := g.get("draft"):
            self.restore(draft)

    def is_sent(self) -> bool:
        """Whether this request sends the form and all of it is valid."""
        return request.method == "POST" and bool(self.validate())

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Put what a service refuses beside its fields; nothing typed is lost."""
        try:
            yield
        except InvalidError as refused:
            for name, sentence in refused.problems.items():
                self.refuse(name, sentence)
        except ConflictError as conflict:
            self.conflict = conflict
            self.refuse("", "Somebody else changed this while you were writing")
            if "version" in self._fields:
                self["version"].data = conflict.version

    def refuse(self, name: str, sentence: str) -> None:
        """Put a sentence beside the field of this name, or above the form if there is none."""
        field: Field | None = self._fields.get(name)
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    def restore(self, typed: Any) -> None:
        """Fill the form with what was typed before the person had to sign in again."""
        key = self["form_key"].data
        self.process(typed)
        self["form_key"].data = key


class VersionedForm(Form):
    """A form that changes a record: it names the version it was filled in from."""

    version = VersionField()
