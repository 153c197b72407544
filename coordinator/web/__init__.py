"""The pages: thin views that validate a form, call a verb or a reading, and answer."""

from flask import Flask

from coordinator.web import (
    accounts,
    actions,
    advice,
    agencies,
    attendance,
    audit,
    contacts,
    directory,
    emergencies,
    exclusions,
    families,
    finding,
    front,
    hidden_notices,
    information_requests,
    invitations,
    involvements,
    join_requests,
    lawful_bases,
    look_alerts,
    looks,
    meeting_kinds,
    meetings,
    openness,
    parents_words,
    plans,
    posts,
    safe_contacts,
    sharing,
    sign_in,
    sign_ins,
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
        exclusions,
        sign_ins,
        look_alerts,
        looks,
        emergencies,
        finding,
        involvements,
        join_requests,
        information_requests,
        sharing,
        openness,
        parents_words,
        safe_contacts,
        hidden_notices,
        plans,
        posts,
        signing,
        actions,
        agencies,
        meetings,
        invitations,
        attendance,
        meeting_kinds,
        lawful_bases,
        advice,
        audit,
    ):
        app.register_blueprint(noun.bp)
    if demo:
        app.register_blueprint(demo_pages.bp)
