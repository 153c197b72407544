"""The audit: who tried to reach whom, who looked, who was refused; it changes nothing."""

from __future__ import annotations

from auditing import OF_LANE, acts, fill_trail, rows
from coordinator import clock
from coordinator.access.policy import Permission
from coordinator.vocabulary import (
    EventKind,
)
from coordinator.web import audit_verbs, audit_words


def test_a_manager_sees_each_try_and_each_invitation_with_time_method_and_outcome(writer, dana):
    """E59: Ben tried Amira three times and invited her twice; all five rows show.

    J08, step 1.
    """
    for line in ("First try", "Second try", "Third try"):
        writer.contact("Ben", "Amira", line)
    for _ in range(2):
        writer.meeting("Ben", "Hana", ["Amira"])
    writer.session.commit()
    today = clock.today()
    page = dana.submit(
        dana.get("/audit"),
        {
            "family": "lane-01",
            "kinds": ["contact", "invitation"],
            "since": today.replace(day=1),
            "until": today,
        },
        button="Show",
    )
    found = rows(page)
    assert [row[1] for row in found] == ["Ben"] * 5
    assert [row[4] for row in found] == ["Amira"] * 5
    assert {row[5] for row in found} == {"LANE-01"}
    assert [row[6] for row in found] == ["No answer yet"] * 2 + ["No answer"] * 3
    assert all("tried to phone Amira at" in row[3] for row in found[2:])
    assert all("invited Amira to “Care plan review (CPA)” on" in row[3] for row in found[:2])
    assert all(row[0] for row in found)
    assert "about LANE-01, between 1" in page.text
    assert "5 acts" in page.text


def test_a_refusal_stands_in_the_audit_of_the_family_that_was_tried(bella, dana, dev):
    """E02; J01, step 8: Bella pastes the plan's address, and Dana's audit shows the attempt."""
    assert bella.get("/families/LANE-01/plan").status == 404
    for manager in (dana, dev):
        first = rows(manager.get(f"{OF_LANE}&kinds=refusal"))[0]
        assert first[1:] == [
            "Bella",
            "Eastway Children’s Services",
            "tried to read the plan and was refused",
            "",
            "LANE-01",
            "Refused",
        ]


def test_what_leads_nowhere_is_shown_without_what_was_typed(bella, dev):
    bella.get("/families/ZZZZ99999/plan")
    page = dev.get("/audit?kinds=refusal")
    assert "a page that does not exist or is not open to them" in page.text
    assert "ZZZZ99999" not in page.html


def test_to_read_the_audit_is_an_act_in_the_audit(dana):
    dana.get("/audit")
    assert acts(dana.get("/audit"))[0] == ("Dana", "looked at the audit", "")


def test_nothing_in_the_audit_can_be_changed_or_deleted(dana, world):
    """E59; J08, step 4: no control, and an address made by hand is refused."""
    fill_trail(world, 3)
    page = dana.get("/audit")
    assert {str(form.get("method", "get")).lower() for form in page.forms} == {"get"}
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/audit", "/audit.csv"):
            data = {"csrf_token": dana.csrf_token()}
            assert dana.open(method, path, data=data, follow=False).status == 405
    assert dana.get("/audit/1").status == 404


def test_every_permission_and_every_kind_has_its_words():
    assert set(audit_verbs.TRIED) == set(Permission)
    assert set(audit_words.QUESTIONS) == set(EventKind)
