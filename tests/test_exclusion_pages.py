"""The pages of exclusions: a manager sets one, a privacy officer lifts it, nobody else sees any."""

from sqlalchemy import select

from casework import add_to_case, choice, offers
from coordinator.models.accounts import Account
from coordinator.models.families import Exclusion
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailEvent
from coordinator.reads import colleagues
from coordinator.reads import exclusions as reads
from coordinator.settings import Settings
from coordinator.vocabulary import EventKind
from writer import Writer

HOME = "/families/LANE-01/exclusions"
WHY = "Her brother-in-law"


def exclude(manager, name, reason=WHY):
    """Do as a manager does: find somebody by name, choose, say why."""
    page = manager.get(f"{HOME}/add?q={name}")
    chosen = page.main.select_one('input[name="account"]')["value"]
    return manager.submit(page, {"account": chosen, "reason": reason}, button="Keep them from it")


def test_a_manager_keeps_somebody_from_a_family_and_reads_who_since_when_by_whom_and_why(
    dana, amira
):
    """Threats, 1; issue, 6."""
    page = dana.click(dana.get("/families/LANE-01/people"), "Who may not know of this family")
    assert "Nobody is kept from this family." in page.text
    assert amira.get("/families/LANE-01").status == 200
    page = exclude(dana, "Amira")
    assert page.path == HOME
    for words in ("Amira", "Set by Dana", WHY, "Nobody is told"):
        assert words in page.text
    assert amira.get("/families/LANE-01").status == 404


def test_anybody_with_an_account_is_found_by_name_and_nobody_by_less(dana, world):
    """Whatever their role, on the case or not; two of one name are told apart by their address."""
    for name in ("Farah", "Piers", "Hana", "Elif", "Bella"):
        page = dana.get(f"{HOME}/add?q={name.lower()}")
        assert name in page.main.select_one(".govuk-radios").get_text()
        assert f"{name.lower()}@" in page.text
    assert "Find them by name first" in dana.get(f"{HOME}/add").text
    assert "Nobody has all of these words" in dana.get(f"{HOME}/add?q=Nobodyatall").text
    assert "Nobody has all of these words" in dana.get(f"{HOME}/add?q=Dana").text
    with world.does("Farah") as (session, _actor):
        session.scalars(
            select(Account).where(Account.name == "Nia")
        ).one().closed_at = world.moment.now
    assert "Nobody has all of these words" in dana.get(f"{HOME}/add?q=Nia").text


def test_nothing_typed_is_lost_when_something_is_missing(dana):
    page = dana.get(f"{HOME}/add?q=bell")
    refused = dana.submit(page, {"reason": WHY}, button="Keep them from it")
    assert refused.status == 422
    assert refused.errors == {"account": "Choose who must not know of this family"}
    assert WHY in refused.html
    assert 'value="bell"' in refused.html
    chosen = refused.main.select_one('input[name="account"]')["value"]
    refused = dana.submit(refused, {"account": chosen, "reason": " "}, button="Keep them from it")
    assert refused.errors == {"reason": "Enter a reason"}
    assert dana.submit(refused, {"reason": WHY}, button="Keep them from it").path == HOME


def test_nobody_is_excluded_twice(dana):
    exclude(dana, "Bella")
    page = exclude(dana, "Bella")
    assert page.errors["account"] == "Bella is kept from this family already"


def test_only_the_managers_on_a_family_and_the_privacy_officers_read_who_is_kept_from_it(
    dana, dev, amira, ben, elif_, bella, farah, gus, petra, piers, world
):
    """Issue, 6: never the excluded worker, nor the workers on the case."""
    exclude(dana, "Paula")
    elif_.submit(elif_.get("/families/LANE-01"), {"reason": "A review"})
    for client in (amira, ben, elif_):
        assert client.get(HOME).status == 403
        assert client.get(f"{HOME}/add").status == 403
        assert "Who may not know" not in client.get("/families/LANE-01/people").text
    for client in (bella, farah, gus, petra, piers):
        assert client.get(HOME).status == 404
    for client in (amira, ben, elif_, bella, farah, gus, dana, dev):
        assert client.get("/exclusions").status == 403
    assert WHY in dev.get(HOME).text
    for client in (petra, piers):
        page = client.get("/exclusions")
        for words in ("LANE-01", "Paula", "Dana", WHY):
            assert words in page.text
        assert "Kim" not in page.html


def test_an_excluded_manager_never_reads_of_their_own_exclusion(dana, dev, world):
    exclude(dana, "Dev")
    assert dev.get(HOME).body == dev.get(HOME.replace("LANE-01", "LANE-99")).body
    for path in ("/audit", "/audit.csv", "/today", "/families"):
        assert "LANE-01" not in dev.get(path).html
        assert WHY not in dev.get(path).html


def test_an_excluded_privacy_officer_sees_every_exclusion_of_the_family_disappear(
    dana, petra, piers, world
):
    """Threats, 1: exclusion beats this role, too."""
    exclude(dana, "Bella")
    exclude(dana, "Petra")
    assert "LANE-01" not in petra.get("/exclusions").html
    assert "No worker is kept" in petra.get("/exclusions").text
    with world.session() as session:
        references = session.scalars(select(Exclusion.reference)).all()
    for reference in references:
        page = petra.get(f"/exclusions/{reference}/lift")
        assert page.status == 404
        assert page.body == petra.get("/exclusions/ZZZZZZZZZ/lift").body
    assert "Petra" in piers.get("/exclusions").main.get_text()


def test_a_privacy_officer_lifts_an_exclusion_with_a_reason_that_the_managers_read(
    dana, petra, amira
):
    exclude(dana, "Amira")
    page = petra.click(petra.get("/exclusions"), "Lift the exclusion of Amira from LANE-01")
    assert WHY in page.text
    refused = petra.submit(page, {"reason": ""})
    assert refused.errors == {"reason": "Enter a reason"}
    page = petra.submit(refused, {"reason": "It was another Amira"})
    assert page.path == "/exclusions"
    assert "Amira" not in page.main.select_one("table, .co-empty").get_text()
    page = petra.click(page, "Lifted")
    assert "It was another Amira" in page.text
    assert amira.get("/families/LANE-01").status == 200
    assert "Lifted by Petra" in dana.get(HOME).text


def test_the_address_of_an_exclusion_is_nowhere_but_for_a_privacy_officer(
    dana, dev, amira, elif_, farah, petra, world
):
    exclude(dana, "Amira")
    with world.session() as session:
        reference = session.scalars(select(Exclusion.reference)).one()
    for client in (dana, dev, amira, elif_, farah):
        page = client.get(f"/exclusions/{reference}/lift")
        assert page.status == 404
        assert page.body == client.get("/exclusions/ZZZZZZZZZ/lift").body
    assert petra.get(f"/exclusions/{reference}/lift").status == 200


def test_the_list_has_pages_and_says_when_it_is_empty(dana, petra, world, monkeypatch):
    assert "No worker is kept from a family of your agency." in petra.get("/exclusions").text
    assert "No exclusion was lifted." in petra.get("/exclusions?show=lifted").text
    for module in (reads, colleagues):
        monkeypatch.setattr(module, "SETTINGS", Settings(page_size=2))
    for name in ("Bella", "Nia", "Colm"):
        exclude(dana, name)
    page = petra.get("/exclusions")
    assert "Bella" not in page.text
    page = petra.click(page, "Older")
    assert "Bella" in page.text
    assert "Older" not in page.links
    assert "Colm" in petra.click(page, "Newer").text


def test_what_an_excluded_worker_holds_is_shown_to_the_manager_who_gives_it_to_others(
    dana, dev, amira, world
):
    """Issue, 6: involvement, actions and meetings need a new owner; no colleague is told."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        writer.plan("Amira")
        writer.action("Amira", "Ben", "Ask the school about breakfast club")
        writer.meeting("Amira", "Ben", ["Amira", "Ben"])
        writer.request("Amira", "Ben", "Who collects Leo?")
    add_to_case(world, "Bella", by="Ben")
    exclude(dana, "Ben")
    page = dev.get(HOME)
    for words in (
        "Needs a new owner",
        "leads for the agency",
        "Ask the school about breakfast club",
        "Chairs the meeting",
        "Is asked for information",
    ):
        assert words in page.text
    form = dev.click(page, "Give to somebody else Ask the school about breakfast club")
    bella = choice(form, "owner", "Bella")
    assert not any("Ben" in name for name in offers(form, "owner"))
    assert dev.submit(form, {"owner": bella}).status == 200
    form = dev.click(dev.get(HOME), "Take off the case Ben")
    dev.submit(form, {"reason": "Other work", "new_lead": choice(form, "new_lead", "Bella")})
    page = dev.get(HOME)
    assert "breakfast club" not in page.text
    assert "leads for the agency" not in page.text
    for path in ("", "/people", "/plan", "/meetings"):
        assert "exclu" not in amira.get(f"/families/LANE-01{path}").text.lower()


def test_nothing_leaves_by_mail_that_tells_an_excluded_worker(dana, amira, ben, world):
    """No cancellation goes out by itself, and what is queued stays here (decision 0012)."""
    with world.does("Amira") as (session, _actor):
        writer = Writer.of(session, world.moment, "LANE-01")
        writer.meeting("Amira", "Amira", ["Amira", "Ben"])
    before = world.count(OutboxMessage)
    exclude(dana, "Ben")
    assert world.count(OutboxMessage) == before
    assert world.count(Invitation, Invitation.removed_at.is_not(None)) == 0
    assert "Ben" in amira.get("/families/LANE-01/meetings").text
    assert "LANE-01" not in ben.get("/today").html


def test_a_form_that_an_excluded_worker_sends_again_leads_nowhere(dana, amira, world):
    """Exclusion beats the memory of a form sent before: the same 404 as for what is not there."""
    page = amira.get("/families/LANE-01/notes/add")
    form = {"text": "A note", "level": "own-agency", "notice": "as-usual"}
    key = page.field("form_key")
    assert amira.submit(page, form).path == "/families/LANE-01/sharing"
    exclude(dana, "Amira")
    sent = {"form_key": key, **form}
    again = amira.post("/families/LANE-01/notes/add", sent)
    absent = amira.post("/families/LANE-99/notes/add", sent)
    assert (again.status, again.body) == (404, absent.body)


def test_setting_reading_and_lifting_are_in_the_trail(dana, petra, world):
    exclude(dana, "Amira")
    page = petra.click(petra.get("/exclusions"), "Lift the exclusion of Amira from LANE-01")
    petra.submit(page, {"reason": "It was another Amira"})
    with world.session() as session:
        events = session.execute(
            select(TrailEvent.kind, TrailEvent.action, TrailEvent.agency_id)
            .where(TrailEvent.action.startswith("exclusions."))
            .order_by(TrailEvent.seq)
        ).all()
    done = [(event.kind, event.action) for event in events]
    assert (EventKind.CHANGE, "exclusions.set") in done
    assert (EventKind.LOOK, "exclusions.list") in done
    assert done[-2:] == [(EventKind.CHANGE, "exclusions.lift"), (EventKind.LOOK, "exclusions.list")]
    assert all(event.agency_id for event in events)
