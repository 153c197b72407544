"""The pages: thin views that validate a form, call a verb or a reading, and answer."""

from flask import Flask

from coordinator.web import (
    accounts,
    actions,
    agencies,
    attendance,
    audit,
    contacts,
    directory,
    families,
    finding,
    front,
    invitations,
    involvements,
    join_requests,
    meeting_kinds,
    meetings,
    plans,
    posts,
    sharing,
    sign_in,
    signing,
    today,
)
from coordinator.web import demo as demo_pages


def register(app: Flask, *, demo: bool) -> None:
    """Register the blueprint of every noun; the demo's own pages only in the demo."""
    for noun in (
        front,
        sign_in,
        today,
        accounts,
        contacts,
        directory,
        families,
        finding,
        involvements,
        join_requests,
        sharing,
        plans,
        posts,
        signing,
        actions,
        agencies,
        meetings,
        invitations,
        attendance,
        meeting_kinds,
        audit,
    ):
        app.register_blueprint(noun.bp)
    if demo:
        app.register_blueprint(demo_pages.bp)
