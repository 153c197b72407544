"""The pages: thin views that validate a form, call a verb or a reading, and answer."""

from flask import Flask

from coordinator.web import accounts, families, front, sign_in, today


def register(app: Flask, *, demo: bool) -> None:
    """Register the blueprint of every noun; the demo's own pages only in the demo."""
    for noun in (front, sign_in, today, accounts, families):
        app.register_blueprint(noun.bp)
    if demo:
        pass
