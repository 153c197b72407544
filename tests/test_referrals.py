"""A referral: the current form filled from the case, sent, acknowledged, decided, and heard of."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator.access import release
from coordinator.access.letters import Sender, queued
from coordinator.demo import cast
from coordinator.models.families import Involvement
from coordinator.models.outbox import OutboxMessage
from coordinator.models.referrals import Referral
from coordinator.models.sharing import Sharing
from coordinator.vocabulary import Level, Notice, ReferralState
from page import Client
from referring import DAY, LIST, NIGHT, answers, at, begin, newest, sent, set_up, write
from waiting_list import rows


def stored(world) -> Referral:
    with world.session() as session:
        return session.scalars(select(Referral).order_by(Referral.id.desc()).limit(1)).one()


def test_a_draft_is_filled_from_the_case_kept_and_for_the_own_agency_alone(amira, ben, world):
    """E30, J07: family data filled in; leaving keeps it, with its start, on Today."""
    page = begin(amira)
    filled = [page.field(area["name"]) for area in page.soup.select("textarea")]
    assert "Leo Lane (6)" in filled[0]
    assert "Kim" in filled[1]
    amira.submit(page, answers(page), button="Save the draft")
    assert any(
        row.startswith("Finish the referral begun") for row in rows(amira.get("/today"), "today")
    )
    assert "He was alone all night" in amira.get(f"{newest(world)}/write").html
    draft = stored(world)
    assert (draft.level, draft.notice) == (Level.OWN_AGENCY, Notice.OWN_AGENCY)
    assert ben.get(newest(world)).status == 404
    assert "Concern about a child" not in ben.get(LIST).text


def test_what_is_missing_is_named_and_may_be_left_out_with_a_reason(amira, world):
    """E30, J07: sending with missing parts lists them; some are left out with a reason."""
    set_up(world)
    page = amira.submit(begin(amira), button="Go on to sending")
    page = amira.submit(page, {"parent_told": "yes"}, button="Send it")
    assert page.status == 422
    assert page.errors[""].startswith("Still missing: What worries you?; What could happen")
    assert stored(world).state is ReferralState.DRAFT
    page = amira.get(f"{newest(world)}/write")
    why = {box["name"]: "Not asked yet" for box in page.soup.select("input[name^=why_]")}
    worry = page.soup.select("textarea")[2]["name"]
    page = amira.submit(page, {worry: "He was alone", **why}, button="Go on to sending")
    assert "Still missing" not in page.text


def test_sending_is_an_act_of_sharing_and_consent_is_never_its_switch(amira, ben, world):
    """E30, S09 of sharing.md: a basis and what the parent was told; consent does not allow it."""
    set_up(world)
    page = write(amira)
    labels = {
        amira_label.get_text(strip=True): box["value"]
        for box in page.soup.select("input[name=basis]")
        if (amira_label := page.soup.find("label", attrs={"for": box["id"]}))
    }
    consent = next(value for text, value in labels.items() if "onsent" in text or "agree" in text)
    refused = amira.submit(page, {"basis": consent, "parent_told": "yes"}, button="Send it")
    assert refused.status == 422
    assert "Consent is not what allows it" in refused.errors["basis"]
    page = sent(amira, parent_told="not-safe", parent_view="He reads her post")
    assert page.status == 200
    assert stored(world).level is Level.OPEN
    assert world.count(Sharing, Sharing.shared_entry_id == stored(world).id) == 1
    assert "He reads her post" in ben.get(newest(world)).text


def test_the_team_reads_the_referral_and_nothing_else_of_the_family(amira, bella, colm, world):
    """E44, decision 0030: being sent a referral opens it, and an exclusion closes it."""
    set_up(world)
    sent(amira)
    page = bella.get(newest(world))
    assert "He was alone all night" in page.text
    assert bella.get("/families/LANE-01").status == 404
    assert bella.get(LIST).status == 404
    assert "LANE-01" not in str(bella.get("/families").text)


def test_the_mail_to_the_team_names_no_family_and_no_child(amira, world):
    """E30: sent through the outbox: a reference, a day, a link."""
    set_up(world)
    sent(amira)
    with world.session() as session:
        message = queued(session.scalars(select(OutboxMessage)).one())
        sender = Sender("Coordinator <no-reply@coordinator.example>", "https://x.example")
        letter = release.compose(session, world.moment, message, sender)
    text = letter.message.as_string()
    assert letter.recipient == "duty.families@eastway.example"
    assert newest(world) in text
    for word in ("LANE-01", "Kim", "Leo", "Concern", "alone"):
        assert word not in text


def test_no_acknowledgement_within_a_working_day_is_amber_for_both(app, world):
    """E30, R1, J07: sent on Tuesday at 11am, late from Thursday on; the next step is a call."""
    set_up(world)
    with at(DAY):
        amira, bella = (Client(app).sign_in(name) for name in ("Amira", "Bella"))
        sent(amira)
        assert any(
            "acknowledge your referral" in row for row in rows(amira.get("/today"), "others")
        )
        assert any(
            row.startswith("Acknowledge a referral")
            for row in rows(bella.get("/today"), "this-week")
        )
    with at(DAY + timedelta(days=2)):
        amira, bella = (Client(app).sign_in(name) for name in ("Amira", "Bella"))
        assert "nobody has acknowledged your referral" in rows(amira.get("/today"), "late")[0]
        assert "Acknowledge a referral" in rows(bella.get("/today"), "late")[0]
        assert "Late" in amira.get(newest(world)).text
        bella.submit(bella.get(newest(world)), button="Acknowledge")
        assert rows(bella.get("/today"), "late") == []
        assert "Acknowledged" in " ".join(rows(amira.get("/today"), "others"))


def test_the_decision_comes_back_to_the_sender_until_it_is_read(amira, ben, world):
    """E30, J07: acknowledged, decided with a reason, and on the sender's page."""
    set_up(world)
    sent(amira)
    decision = ben.get(f"{newest(world)}/outcome")
    assert ben.submit(decision, {"outcome": "accepted"}).errors == {
        "reason": "Write why, and what happens now"
    }
    ben.submit(decision, {"outcome": "accepted", "reason": "Initial conference on Friday"})
    row = rows(amira.get("/today"), "today")[0]
    assert row.startswith("Read: your referral is accepted")
    page = amira.get(newest(world))
    assert "Initial conference on Friday" in page.text
    amira.submit(page, button="I have read it")
    assert rows(amira.get("/today"), "today") == []


def test_a_member_of_the_team_joins_the_case_and_asks_as_everybody_does(amira, bella, world):
    """E44: then it is an ordinary timed request with a purpose, in the same audit."""
    set_up(world)
    sent(amira)
    page = bella.submit(bella.get(newest(world)), button="Acknowledge")
    page = bella.submit(page, button="Join the case")
    assert "You are on the case." in page.text
    assert bella.get("/families/LANE-01/requests/ask").status == 200
    assert world.count(Involvement, Involvement.account_id == world.account_id("Bella")) == 1


def test_by_day_the_team_on_the_case_comes_first_and_by_night_the_night_team(app, farah, world):
    """E29: at 7pm the out-of-hours team and number; a changed number is the next user's."""
    set_up(world)
    with at(DAY):
        page = write(Client(app).sign_in("Amira"))
        with world.session() as session:
            assert page.field("whom").startswith(f"{cast.areas(session)['Eastway']}:")
    with at(NIGHT):
        amira = Client(app).sign_in("Amira")
        page = write(amira)
        assert "Eastway Safeguarding" in page.text
        farah = Client(app).sign_in("Farah")
        found = farah.get("/directory")
        team = farah.click(farah.click(found, "Eastway Safeguarding"), "Change the team")
        farah.submit(team, {"phone": "01632 960999"})
        assert "01632 960999" in amira.get(page.path).text


def test_only_the_current_version_of_a_form_is_offered(amira, farah, world):
    """E30: a draft stays on its version, and what was before stays readable."""
    begin(amira)
    before = newest(world)
    settings = farah.get("/referral-settings")
    form = farah.click(settings, "Concern about a child")
    refused = farah.submit(form, {"questions": "Why? \n Why?"})
    assert refused.status == 422
    lines = "Which children is it about? *\nWhat changed?\nA pet ?"
    farah.submit(form, {"name": "Worry about a child", "questions": lines})
    assert "Concern about a child, version 1" in farah.get("/referral-settings").text
    choices = amira.get(f"{LIST}/begin").text
    assert "Worry about a child" in choices
    assert "Concern about a child" not in choices
    page = begin(amira)
    assert [area["name"] for area in page.soup.select("textarea")].__len__() == 3
    assert "Leo" in page.field(page.soup.textarea["name"])
    assert amira.get(before).h1 == "Concern about a child"
