"""Whoever is not sure what to share has a next step on the same page (issue 3)."""

import pytest

import records
from coordinator.models.accounts import Account
from coordinator.models.directory import PostHolding
from coordinator.models.sharing import Note
from coordinator.vocabulary import Level

HOME = "/families/LANE-01"
ASK_A_LEAD = "Ask a lead first"
KEEP_BACK = "Not sure: keep it back and ask a lead"
ELIF = "Elif, safeguarding children lead: 01632 960110"
# Every form on which something may be shared or withheld: who meets it, where, the next step.
FORMS = [
    ("Amira", f"{HOME}/notes/add", KEEP_BACK),
    ("Amira", "/entries/{note}/level", ASK_A_LEAD),
    ("Amira", "/entries/{note}/not-shared", ELIF),
    ("Amira", "/entries/{note}/ask-first", "Elif"),
    ("Amira", f"{HOME}/plan/share", ASK_A_LEAD),
    ("Amira", f"{HOME}/requests/ask", ELIF),
    ("Ben", "/notices/{note}/ask", "Esi, safeguarding children lead: 01632 960210"),
    ("Ben", "/requests/{request}/answer", "Esi, safeguarding children lead: 01632 960210"),
    *(
        ("Amira", f"{HOME}/openness/add/{kind}", ELIF)
        for kind in ("explained", "told", "not-told", "objection", "asked-for-help")
    ),
    ("Amira", f"{HOME}/openness/add/chose-not-to-say", ELIF),
    ("Amira", "/openness/{openness}/settle", ELIF),
    ("Amira", f"{HOME}/parents-words/add", ELIF),
    ("Amira", "/parents-words/{parents_words}/readers", ELIF),
    ("Amira", f"{HOME}/safe-contacts/add", ELIF),
    ("Amira", "/safe-contacts/{safe_contact}/replace", ELIF),
    ("Amira", "/safe-contacts/{safe_contact}/readers", ELIF),
]


@pytest.fixture
def held(world):
    """One of each record, and something of the plan that is still for Northside alone."""
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        writer.goal("Amira", "Not opened yet", Level.OWN_AGENCY)
        found["note"] = writer.add(Note, "Amira", Level.OWN_AGENCY, text="Hers").reference
    return found


@pytest.mark.parametrize(("name", "path", "step"), FORMS)
def test_every_form_that_shares_or_withholds_has_a_next_step(name, path, step, held, amira, ben):
    page = {"Amira": amira, "Ben": ben}[name].get(path.format(**held))
    assert page.status == 200
    assert step in page.main.get_text(" ", strip=True).replace(" :", ":")


def test_the_step_is_still_there_when_the_form_is_refused(amira, held):
    path = f"{HOME}/requests/ask"
    page = amira.submit(amira.get(path), {"what": ""}, button="Ask")
    assert page.status == 422
    assert "Not sure what you may share?" in page.text


def test_where_no_lead_is_named_the_step_leads_to_the_directory(amira, held, world):
    with world.does("Farah") as (session, _actor):
        for holding in (
            session.query(PostHolding).join(Account).where(Account.name.in_(["Elif", "Ewan"]))
        ):
            holding.ends_on = world.moment.today.replace(year=2020)
            holding.starts_on = holding.ends_on
    page = amira.get(f"{HOME}/requests/ask")
    assert page.links["No lead of your agency is named: see the directory"].endswith("lead")
