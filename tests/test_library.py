"""The library: only what holds is offered, older versions say so, both owners are asked (E32)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import records
from casework import choice
from coordinator import clock
from coordinator.access import find_library
from coordinator.models.directory import Agency, Post
from coordinator.models.library import Document
from coordinator.models.meetings import MeetingKind
from coordinator.services import library
from coordinator.services.library import Words
from coordinator.vocabulary import AgencyKind, DocumentKind, PostKind, Procedure
from filling import words
from page import Client
from waiting_list import rows

FIRST = Words("Bruises in babies", "Everybody", "Phone before you write.", "# When\nThe same day.")
SECOND = Words("Bruises in babies", "Everybody", "Phone at once.", "# When\nWithin the hour.")


@pytest.fixture
def document(world):
    """Add a document for which both children's leads answer, Elif and Esi."""
    with world.does("Farah") as (session, actor):
        leads = select(Post.reference).join(Agency, Agency.id == Post.agency_id)
        lead = Post.kind == PostKind.SAFEGUARDING_CHILDREN
        owners = list(session.scalars(leads.where(lead, Agency.kind != AgencyKind.HOST)))
        ahead = world.moment.today + timedelta(days=30)
        return library.add(session, actor, world.moment, DocumentKind.POLICY, FIRST, owners, ahead)


def replace(world, reference):
    """Let Farah write the second version."""
    with world.does("Farah") as (session, actor):
        seen = find_library.document(session, actor, world.moment, reference)
        ahead = world.moment.today + timedelta(days=60)
        library.new_version(session, actor, world.moment, seen, seen.version, SECOND, ahead)


def test_only_the_version_that_holds_is_offered_and_the_older_one_says_so(ben, world, document):
    """E32: v2 replaces v1; v1 stays readable as superseded, with a link to v2."""
    read = ben.submit(ben.get(f"/library/{document}"), button="I have read this")
    assert "You read this version on" in read.text
    replace(world, document)
    assert "hour" not in ben.get("/library?q=same day").text
    found = ben.get("/library?q=BABIES hour policy")
    assert found.text.count("Bruises in babies") == 1
    now = ben.click(found, "Bruises in babies")
    assert "Within the hour." in now.text
    assert now.buttons() == ["I have read this"]
    old = ben.click(now, "Version 1")
    assert "This version is superseded" in old.text
    assert "The same day." in old.text
    assert "I have read this" not in old.buttons()
    assert ben.click(old, "Read version 2, which holds now").path == f"/library/{document}"
    mine = ben.get("/library/read-by-me")
    assert "Superseded" in mine.text
    assert "version 1" in mine.text


def test_a_manager_sees_how_many_have_read_it_and_no_names(ben, bella, dev, dana, document):
    """Issue 5, point 8: a count by team, for the manager of the team; the list is one's own."""
    for client in (ben, bella):
        client.submit(client.get(f"/library/{document}"), button="I have read this")
    seen = dev.get(f"/library/{document}")
    assert "Eastway Family Support: 2 of " in seen.text
    assert "Bella" not in seen.main.get_text()
    theirs = dana.get(f"/library/{document}").text
    assert "Eastway Family Support" not in theirs
    assert "Northside CMHT: 0 of " in theirs
    assert "Who has read" not in ben.get(f"/library/{document}").text


def test_when_the_review_date_passes_both_owners_are_asked_and_readers_see_it(app, world, document):
    """E32: Elif and Esi have it on Today, in time and late; it ends with the review."""
    day = clock.instant_of(clock.local(world.moment.now).replace(tzinfo=None) + timedelta(days=31))
    with clock.standing_at(day):
        for name in ("Elif", "Esi"):
            late = rows(Client(app).sign_in(name).get("/today"), "late")
            assert [row for row in late if "Bruises in babies" in row], name
        ben = Client(app).sign_in("Ben")
        assert "Review overdue" in ben.get("/library").text
        assert "Review overdue" in ben.get(f"/library/{document}").text
        assert "Bruises" not in ben.get("/today").text
        assert "Bruises" not in Client(app).sign_in("Farah").get("/today").text
        elif_ = Client(app).sign_in("Elif")
        form = elif_.click(elif_.get(f"/library/{document}"), "It stays as it is")
        assert elif_.submit(form, {"review_on": day.date()}).errors == {
            "review_on": "The review date must be in the future"
        }
        elif_.submit(form, {"review_on": day.date() + timedelta(days=90)})
        assert "Bruises" not in Client(app).sign_in("Esi").get("/today").text


def test_an_administrator_adds_a_document_and_its_owner_writes_the_next_version(
    farah, esi, amira, world
):
    """E32: an owner in each agency; a form that was changed meanwhile is shown with both texts."""
    form = farah.get("/library/add")
    said = {
        "title": "Joint protocol",
        "for_whom": "Both teams",
        "asks": "Plan together.",
        "kind": "protocol",
        "review_on": world.moment.today + timedelta(days=300),
        "owner_cmht": choice(form, "owner_cmht", "Safeguarding children lead"),
        "owner_csc": choice(form, "owner_csc", "Safeguarding children lead"),
    }
    refused = farah.submit(form, said)
    assert refused.errors == {"body": "Write the text, or say below where it is kept"}
    made = farah.submit(refused, said | {"kept_at": "Shared folder, <b>12</b>"})
    assert "Shared folder, <b>12</b>" in made.text
    assert amira.get(f"{made.path}/new-version").status == 403
    first, second = (esi.get(f"{made.path}/new-version") for _ in range(2))
    more = {"what_changed": "Who calls", "review_on": said["review_on"], "asks": "Call first."}
    assert "Version 2" in esi.submit(first, more).text
    late = esi.submit(second, more | {"asks": "Write first."})
    assert (late.status, late.field("asks")) == (409, "Write first.")
    assert "Call first." in late.text
    gone = farah.submit(farah.get(made.path), button="Withdraw it")
    assert "Nobody works by it any more" in gone.text
    assert "Joint protocol" not in amira.get("/library").text


def test_the_library_offers_the_forms_and_words_that_are_kept_elsewhere(amira, farah):
    """Issue 5, point 8: no second copy; only the form that holds now is offered (E30)."""
    asked = amira.click(amira.get("/library?q=concern"), "Concern about a child")
    assert "What worries you?" in asked.text
    form = farah.get(f"/referral-settings/forms/{asked.path.rpartition('/')[2]}/change")
    farah.submit(form, {"questions": "What now? *"})
    assert "This version is superseded" in amira.get(asked.path).text
    assert "What now?" in amira.click(amira.get("/library?q=concern"), "Concern about a child").text
    words = amira.click(amira.get("/library"), "Ground rules and reasons for sharing")
    assert "One person speaks at a time" in words.text


def test_a_post_that_nobody_holds_leaves_its_document_with_an_administrator(app, world, document):
    """Turnover: what nobody answers for is seen to by somebody."""
    with world.does("Farah") as (session, _actor):
        record = session.scalars(select(Document).where(Document.reference == document)).one()
        vacant = select(Post.reference).join(Agency, Agency.id == Post.agency_id)
        seen = find_library.document(session, _actor, world.moment, record.reference)
        night = list(session.scalars(vacant.where(Post.kind == PostKind.OUT_OF_HOURS)))
        library.set_owners(session, seen, night)
        record.review_on = world.moment.today
    assert "Bruises in babies" in Client(app).sign_in("Farah").get("/today").text


def test_what_the_other_agency_does_is_offered_where_it_stands(amira, farah, world):
    """E51, issue 5, point 8: duties and words, from the family's page and the meeting's."""
    card = amira.click(
        amira.get("/families/LANE-01"), "What they can and cannot do: Eastway Children’s Services"
    )
    assert [words(h) for h in card.main.select("h2")] == list(library.CARD)
    form = farah.get(f"{farah.get(card.path).links['Write the next version']}")
    said = {"what_changed": "Ours", "review_on": world.moment.today + timedelta(days=9)}
    refused = farah.submit(form, said | {"body": "# What we must do\nHelp."})
    assert refused.errors == {"body": "Write a heading for this: # What we cannot do"}
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        meeting = writer.meeting("Amira", "Hana", ["Amira"])
        group = select(MeetingKind.id).where(MeetingKind.procedure == Procedure.CORE_GROUP)
        meeting.kind_id = session.scalars(group).first()
        reference = meeting.reference
    shown = amira.get(f"/meetings/{reference}")
    assert shown.links["What is a core group?"] == "/library/words#core-group"
    assert amira.get("/library/words").soup.find(id="core-group").get_text() == "Core group"


def test_every_word_that_a_page_explains_stands_in_the_library(amira):
    """A link from a word leads to the word."""
    path = Path(__file__).parents[1] / "coordinator/templates/components/meaning.html"
    page = amira.get("/library/words")
    asked = re.findall(r': \("([a-z0-9-]+)", "What', path.read_text(encoding="utf-8"))
    assert len(asked) > 5
    assert [anchor for anchor in asked if page.soup.find(id=anchor) is None] == []
