"""What the tests of families and sharing do again and again, as people do it."""

from sqlalchemy import select

from coordinator.models.accounts import Membership
from coordinator.models.sharing import Note
from coordinator.services import involvements
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import ParentTold, Purpose

WHY = "We need somebody for the children’s side"
ADD = "/families/LANE-01/notes/add"
SHARING = "/families/LANE-01/sharing"
CANARY = "Canary-4711 in the cellar"
WORKING_TOGETHER, ENQUIRY, DANGER, AGREED = "BASE00004", "BASE00001", "BASE00007", "BASE00008"
TOLD = {
    "purpose": "joint-plan",
    "basis": WORKING_TOGETHER,
    "who_needs": "Ben, to plan the visit",
    "parent_told": "yes",
    "parent_view": "She agrees",
}
SAID = Facts(
    Purpose.JOINT_PLAN,
    "The note",
    ParentTold.YES,
    "She agrees",
    basis=WORKING_TOGETHER,
    who_needs="Ben, to plan the visit",
)


def add_to_case(world, name, by="Amira"):
    with world.does(by) as (session, actor):
        membership = session.scalars(
            select(Membership.reference).where(Membership.account_id == world.account_id(name))
        ).first()
        family = world.family_for(session, actor)
        involvements.add_colleague(session, actor, world.moment, family, membership)


def choice(page, field, words):
    """Return the value of the choice with these words."""
    for option in page.soup.select(f'select[name="{field}"] option'):
        if words in option.get_text():
            return option["value"]
    raise AssertionError(f"{field} does not offer {words!r}")


def offers(page, field):
    return [option.get_text() for option in page.soup.select(f'select[name="{field}"] option')]


def ask(client, family="LANE-01", team="Eastway Family Support"):
    page = client.get(f"/families/{family}/ask")
    return client.submit(page, {"team": choice(page, "team", team), "why": WHY})


def case_of_amira_alone(amira):
    page = amira.submit(
        amira.get("/families/open"), {"name": "Walter Pike", "children_asked": "no"}
    )
    return page.path.split("/")[2]


def write(client, text=CANARY, **values):
    return client.submit(client.get(ADD), {"text": text, **values})


def reader(page, name):
    """Return the value of the box that names this person."""
    for label in page.soup.select("label"):
        if label.get_text().strip().startswith(name) and "readers" in label["for"]:
            return page.soup.select_one(f"#{label['for']}")["value"]
    raise AssertionError(f"{name} cannot be named")


def newest_note(world):
    with world.session() as session:
        return session.scalars(select(Note).order_by(Note.id.desc()).limit(1)).one()


def level_page(client, world):
    return client.get(f"/entries/{newest_note(world).reference}/level")


def everything(client, world):
    """Return all that a person can get of the family, as one text."""
    reference = newest_note(world).reference
    paths = (
        "/families",
        "/today",
        "/families/LANE-01",
        "/families/LANE-01/plan",
        "/families/LANE-01/meetings",
        "/families/LANE-01/contacts",
        "/families/LANE-01/people",
        SHARING,
        ADD,
        f"/entries/{reference}/level",
        "/audit",
        "/audit.csv",
    )
    return "\n".join(client.get(path).html for path in paths)


def basis_named(page, name):
    """Return the value of the reason for sharing with this name."""
    for label in page.soup.select("label"):
        if label.get_text().strip() == name and label["for"].startswith("basis"):
            return page.soup.select_one(f"#{label['for']}")["value"]
    raise AssertionError(f"{name} cannot be chosen")
