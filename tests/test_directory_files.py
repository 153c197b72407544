"""The directory as files: contacts for an address book, FHIR for other systems, ODS codes."""

from __future__ import annotations

import json
import re
import string
from datetime import UTC, datetime

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from auditing import rows
from coordinator import clock, cover_hours
from coordinator.access.contact_cards import Card, contact_file
from coordinator.reads.fhir_directory import times_of
from gathering import CANARIES
from listed import account, agency, team

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
# Letters of any script, and each character that means something in a vCard.
WORDS = st.text(st.sampled_from(string.ascii_letters + "äéœ中🙂 ,;:\\'\"=^\n"), max_size=200)
WORDS = WORDS.map(str.strip)
REQUIRED = {"Organization": {"name"}, "Practitioner": {"name"}, "PractitionerRole": {"code"}}


def cards(page):
    assert page.response.mimetype == "text/vcard"
    assert page.headers["Content-Disposition"].startswith('attachment; filename="contacts-')
    return list(vobject.readComponents(page.response.get_data().decode()))


@settings(max_examples=60, deadline=None)
@given(name=WORDS.filter(bool), place=WORDS.filter(bool), role=WORDS, note=WORDS)
def test_whatever_the_words_an_independent_reader_gets_them_back(name, place, role, note):
    """RFC 6350: version first, CRLF, lines of 75 octets at most and whole characters, escaping."""
    card = Card("urn:uuid:x", name, True, ((place, name),), role, (role,), "01632 960100", "", note)
    raw = contact_file([card, card], NOW)
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCARD\r\n")
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert lines[:2] == [b"BEGIN:VCARD", b"VERSION:4.0"]
    first, second = vobject.readComponents(raw.decode())
    assert first.serialize() == second.serialize()
    assert first.fn.value == name
    assert first.org.value == [place, name]
    assert f"{first.n.value.given} {first.n.value.family}".strip() == name
    assert getattr(first, "note", None) is None if not note else first.note.value == note
    assert (first.kind.value, first.rev.value) == ("individual", "20261122T093000Z")


def test_a_colleague_is_saved_to_contacts_and_the_audit_says_so(dana, world):
    """Issue 5, 5: one card with roles, posts, numbers and cover hours; a row towards its person."""
    page = dana.get(f"/directory/people/{account(world, 'Elif')}")
    (card,) = cards(dana.click(page, "Save to contacts"))
    assert (card.fn.value, card.kind.value, card.title.value) == ("Elif", "individual", "Nurse")
    assert card.org.value == ["Northside Mental Health", "Northside Safeguarding"]
    assert [role.value for role in card.role_list] == [
        "Safeguarding lead, Northside Safeguarding",
        "Safeguarding children lead, Northside Mental Health",
        "Safeguarding adults lead (deputy), Northside Mental Health",
    ]
    assert card.email.value == "elif@northside.example"
    assert "Monday to Friday, 9am to 5pm" in card.note.value
    assert f"As the directory said on {clock.today().day} " in card.note.value
    assert rows(dana.get("/audit?kinds=export"))[0][1:5] == [
        "Dana",
        "Northside Mental Health",
        "saved contact details from the directory",
        "Elif",
    ]


def test_a_team_and_an_agency_are_one_file_each(ben, world):
    """The organisation's own card comes first, with who holds which post and which is vacant."""
    page = ben.get(f"/directory/teams/{team(world, 'Eastway Family Support')}")
    own, *people = cards(ben.click(page, "Save to contacts: the team and its people"))
    assert (own.kind.value, own.fn.value) == ("org", "Eastway Family Support")
    assert own.tel.value == "01632 960200"
    assert "Link worker: Colm" in own.note.value
    assert {"Ben", "Colm", "Dev"} <= {card.fn.value for card in people}
    page = ben.get(f"/directory/agencies/{agency(world, 'Eastway')}")
    whole = cards(ben.click(page, "Save to contacts: the agency, its teams and people"))
    assert len({card.uid.value for card in whole}) == len(whole)
    assert {card.uid.value for card in (own, *people)} < {card.uid.value for card in whole}
    assert "Safeguarding adults lead: vacant" in whole[0].note.value


def bundle(client):
    page = client.get("/directory/fhir.json")
    assert page.response.mimetype == "application/fhir+json"
    return json.loads(page.response.get_data())


def test_the_directory_is_a_bundle_of_fhir(dana, farah, world):
    """R4: required elements, references within, vacancies, ODS codes; nothing of a family."""
    page = farah.get(f"/directory/agencies/{agency(world, 'Northside')}/change")
    farah.submit(page, {"ods_code": "demo 09"}, button="Save")
    first = bundle(dana)
    found = {entry["fullUrl"]: entry["resource"] for entry in first["entry"]}
    assert (first["resourceType"], first["type"]) == ("Bundle", "collection")
    assert datetime.fromisoformat(first["timestamp"]).tzinfo
    assert len(found) == len(first["entry"])
    by_type = {kind: [r for r in found.values() if r["resourceType"] == kind] for kind in REQUIRED}
    assert sum(map(len, by_type.values())) == len(found)
    for kind, resources in by_type.items():
        for resource in resources:
            assert REQUIRED[kind] <= set(resource)
            assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource["id"])
    text = json.dumps(first, ensure_ascii=False)
    assert set(re.findall(r'"reference": "([^"]+)"', text)) <= set(found)
    assert not re.search(r'""|null|\[\]|\{\}', text), "FHIR allows nothing empty"
    assert not re.search(rf"\b({'|'.join(CANARIES)})\b", text)
    assert "Coordinator office" not in text
    codes = [one for r in found.values() for one in r["identifier"] if "ods-org" in one["system"]]
    assert [one["value"] for one in codes] == ["DEMO02", "DEMO09"]
    vacant = [r for r in by_type["PractitionerRole"] if "practitioner" not in r]
    assert "Safeguarding adults lead" in {r["code"][0]["text"] for r in vacant}
    lead = next(
        r
        for r in by_type["PractitionerRole"]
        if r["code"][0]["coding"][0]["code"] == "safeguarding-children-lead"
    )
    assert lead["availableTime"] == [
        {
            "daysOfWeek": ["mon", "tue", "wed", "thu", "fri"],
            "availableStartTime": "09:00:00",
            "availableEndTime": "17:00:00",
        }
    ]
    assert lead["notAvailable"] == [{"description": "Bank holidays"}]
    again = bundle(dana)
    assert json.dumps(again | {"timestamp": ""}) == json.dumps(first | {"timestamp": ""})
    assert rows(dana.get("/audit?kinds=export"))[0][3] == "downloaded the directory"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("every day at any hour", ["mon tue wed thu fri sat sun all day"]),
        ("Fridays, 5pm to 8am", ["fri 17:00:00-23:59:59", "sat 00:00:00-08:00:00"]),
        ("Sundays, 6pm to midnight; bank holidays, 10am to 4pm", ["sun 18:00:00-23:59:59"]),
    ],
)
def test_hours_that_run_into_the_next_day_are_two_times(hours, expected):
    found = [one for span in cover_hours.read(hours) for one in times_of(span)]
    assert [
        " ".join(one["daysOfWeek"])
        + (
            " all day"
            if one.get("allDay")
            else f" {one['availableStartTime']}-{one['availableEndTime']}"
        )
        for one in found
    ] == expected


def test_an_ods_code_is_checked_by_its_form(farah, world):
    """Issue 5, 5: what cannot be one is refused beside the field; the page shows the code."""
    home = f"/directory/agencies/{agency(world, 'Eastway')}"
    for wrong in ("X1", "AB-12", "É123", "ABCDEFGHIJK"):
        page = farah.submit(farah.get(f"{home}/change"), {"ods_code": wrong}, button="Save")
        assert (page.status, list(page.errors)) == (422, ["ods_code"])
        assert page.field("ods_code") == wrong
    farah.submit(farah.get(f"{home}/change"), {"ods_code": "x9y 9z"}, button="Save")
    assert "ODS code X9Y9Z" in farah.get(home).text
    page = farah.get(f"/directory/teams/{team(world, 'Eastway Family Support')}/change")
    assert "ODS code Q1Q" in farah.submit(page, {"ods_code": "q1q"}, button="Save").text
