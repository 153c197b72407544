"""Saved views: a question to the audit under a name of one's own."""

from __future__ import annotations

import re

import pytest

from auditing import OF_LANE, acts, rows
from coordinator.models.audit_views import AuditView

VIEWS = "/audit/views"


def test_a_view_is_saved_asked_again_renamed_and_deleted(world, writer, dana, dev):
    """E59: own to the reader, whose name for it stands nowhere in the trail."""
    writer.contact("Ben", "Amira", "Nobody answered")
    writer.session.commit()
    asked = dana.get("/audit?not_reached=y&days=30&family=LANE-01&before=1-1")
    form = dana.click(asked, "Save this view")
    assert "in vain to reach the other agency about LANE-01, in the last 30 days?" in form.text
    assert dana.submit(form, {"name": ""}, button="Save the view").errors == {
        "name": "Enter a name"
    }
    page = dana.submit(form, {"name": "Lane in vain"}, button="Save the view")
    assert [row[4] for row in rows(page)] == ["Amira"]
    twice = dana.submit(
        dana.click(asked, "Save this view"), {"name": "lane IN vain"}, button="Save the view"
    )
    assert twice.errors == {"name": "You have a view of this name already"}
    again = dana.click(dana.get("/audit"), "Lane in vain")
    assert [row[4] for row in rows(again)] == ["Amira"]
    assert "Lane in vain" not in dev.get("/audit").text
    with world.session() as session:
        reference = session.query(AuditView.reference).scalar()
    assert dev.get(f"{VIEWS}/{reference}/rename").status == 404
    form = dana.get(f"{VIEWS}/{reference}/rename")
    assert dana.submit(form, {"name": "In vain"}, button="Save the name").links["In vain"]
    page = dana.submit(dana.get(VIEWS), {}, button="Delete In vain")
    assert "You keep no view yet" in page.text
    said = [what for who, what, _ in acts(dana.get("/audit?kinds=change")) if who == "Dana"]
    assert said == [f"{did} a view of the audit" for did in ("deleted", "renamed", "saved")]
    assert not re.search("in vain", dana.get("/audit?kinds=change").text, re.IGNORECASE)


@pytest.mark.parametrize("query", ["days=6", "days=30&since-day=1&since-month=2&since-year=2026"])
def test_a_period_is_one_of_the_list_or_days_and_not_both(dana, query):
    assert list(dana.get(f"{OF_LANE}&{query}").errors) == ["days"]
