"""Loading an agency's own staff list: as spreadsheets write it, and all or nothing."""

from pathlib import Path

import pytest
from sqlalchemy import select

import databases
from checks import words
from coordinator import clock, create_app
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.trail import TrailEvent
from coordinator.services import staff_list
from coordinator.vocabulary import PostKind, Role

SAMPLE = Path(__file__).parent.parent / "docs" / "samples" / "directory.csv"
HEADINGS = "agency,agency_kind,team,name,email,phone,profession,role,post"
NEW = "Harbour,cmht,Harbour CMHT,Noor Vale,noor@harbour.example,01632 960001,Nurse,chair,"
OLD = "Northside Mental Health,,Northside CMHT,Noor Vale,noor@northside.example,,,care-coordinator,"
ALL = (Agency, Team, Account, Membership, Post, PostHolding, TrailEvent)


@pytest.fixture
def load(app, tmp_path):
    """Give a way to load a file that holds these bytes or this text."""

    def run(content, *options):
        path = tmp_path / "staff.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return app.test_cli_runner().invoke(args=["import-directory", str(path), *options])

    return run


def lines(*rows, headings=HEADINGS):
    return "\n".join((headings, *rows)) + "\n"


def counts(world):
    return [world.count(model) for model in ALL]


def person(world, email="noor@harbour.example"):
    with world.session() as session:
        return session.scalars(select(Account).where(Account.email == email)).one_or_none()


def test_the_sample_has_two_agencies_eight_teams_and_sixty_invented_people():
    staff = staff_list.read(SAMPLE.read_bytes())
    assert not staff.problems
    assert len({line.agency for line in staff.lines}) == 2
    assert len({line.team for line in staff.lines}) == 8
    assert len({line.email for line in staff.lines}) == 60
    assert all(line.email.endswith(".example") for line in staff.lines)
    assert all(line.phone.startswith("+441632960") for line in staff.lines)


def test_a_dry_run_changes_nothing_and_says_what_it_would_do(load, world):
    before = counts(world)
    result = load(SAMPLE.read_bytes())
    assert result.exit_code == 0, result.output
    assert "people: 60 new, 0 changed" in result.output
    assert "teams: 8 new" in result.output
    assert "Run it again with --apply" in result.output
    assert counts(world) == before


def test_a_second_run_of_the_same_file_changes_nothing(load, world):
    first = load(SAMPLE.read_bytes(), "--apply")
    assert first.exit_code == 0, first.output
    after = counts(world)
    second = load(SAMPLE.read_bytes(), "--apply")
    assert "In all 0 new, 0 changed." in second.output
    assert counts(world) == after


def test_who_was_loaded_is_in_the_directory(load, amira, world):
    load(SAMPLE.read_bytes(), "--apply")
    page = amira.get("/directory?q=Aisha Kaur")
    assert [words(name) for name in page.main.select("tbody th strong")] == ["Aisha Kaur"]
    page = amira.get("/directory?q=Bea Bevan")
    assert "Harbour North CMHT" in page.text
    assert "Westvale Family Support North" in page.text


def test_the_sample_works_on_a_fresh_database_with_only_an_administrator(database, tmp_path, stock):
    server = stock.server if database.dialect == "postgresql" else None
    app = create_app(databases.config(databases.empty(database.dialect, tmp_path, server)))
    with app.app_context():
        app.extensions["alembic"].upgrade()
    run = app.test_cli_runner()
    said = ["add-user", "--name", "Noor Vale", "--email", "noor@coordinator.example"]
    assert "/set-up/" in run.invoke(args=said).output
    result = run.invoke(args=["import-directory", str(SAMPLE), "--apply"])
    databases.dispose(app)
    assert "In all 173 new, 0 changed." in result.output, result.output


BAD_LINES = {
    ",,Team,Noor,noor@x.example,,,chair,": "has nothing in the column agency",
    "Northside Mental Health,,,Noor,noor@x.example,,,chair,": "nothing in the column team",
    "Northside Mental Health,,T,,noor@x.example,,,chair,": "has nothing in the column name",
    "Northside Mental Health,,T,Noor,,,,chair,": "has nothing in the column email",
    "Northside Mental Health,,T,Noor,noor@x.example,,,,": "has nothing in the column role",
    "Northside Mental Health": "has nothing in the column team and name and email and role",
    "New,,T,Noor,noor@x.example,,,chair,": "without its kind",
    "New,school,T,Noor,noor@x.example,,,chair,": "“school” in the column agency_kind",
    "Northside Mental Health,csc,T,Noor,noor@x.example,,,chair,": "says another kind",
    "Northside Mental Health,,T,Noor,nobody,,,chair,": "which is no e-mail address",
    "Northside Mental Health,,T,Noor,noor@x.example,12,,chair,": "which is no phone number",
    "Northside Mental Health,,T,Noor,noor@x.example,,,boss,": "“boss” in the column role",
    "Northside Mental Health,,T,Noor,noor@x.example,,,chair,king": "“king” in the column post",
    "Northside Mental Health,,T,Noor,noor@x.example,,,administrator,": "on the page Accounts",
    "Northside Mental Health,,T,Noor,farah@coordinator.example,,,chair,": "is an administrator",
    "Coordinator office,,T,Noor,noor@x.example,,,chair,": "where only administrators work",
    "Northside Mental Health,,T,No\x00or,noor@x.example,,,chair,": "that cannot be read",
    "Northside Mental Health,,T,No\u202eor,noor@x.example,,,chair,": "that cannot be read",
    "Northside Mental Health,,T,No\ufffdor,noor@x.example,,,chair,": "that cannot be read",
    f"Northside Mental Health,,T,{'x' * 201},noor@x.example,,,chair,": "more than 200 characters",
    f"Northside Mental Health,,T,{'x' * 200_000},noor@x.example,,,chair,": "that is too long",
    'Northside Mental Health,,"T"x,Noor,noor@x.example,,,chair,': "quotation mark",
}


@pytest.mark.parametrize("bad", BAD_LINES, ids=[str(n) for n in range(len(BAD_LINES))])
def test_a_bad_line_is_named_with_its_number_and_reason(load, world, bad):
    before = counts(world)
    result = load(lines(NEW, "", bad, OLD), "--apply")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Line 4 " in result.output
    assert BAD_LINES[bad] in result.output
    assert "1 bad line. Nothing was changed." in result.output
    assert counts(world) == before


def test_every_bad_line_is_named_at_once(load):
    result = load(lines("x", NEW, "y", OLD, '"never closed'))
    assert [line[:7] for line in result.output.splitlines()[:3]] == [
        "Line 2 ",
        "Line 4 ",
        "Line 6 ",
    ]
    assert "3 bad lines" in result.output


def test_a_line_number_counts_the_lines_inside_quotes(load):
    quoted = NEW.replace("Noor Vale", '"Noor\nVale"')
    result = load(lines(quoted, "bad"))
    assert "Line 4 " in result.output


def test_lines_of_one_person_must_agree(load, world):
    other = NEW.replace("Noor Vale", "Nora Vale").replace("chair", "link-worker")
    result = load(lines(NEW, other))
    assert "Line 3 gives noor@harbour.example another name than line 2" in result.output


def test_a_post_is_not_given_to_two_people(load):
    first = NEW + "Safeguarding children lead"
    second = first.replace("noor@", "nora@").replace("Noor", "Nora")
    result = load(lines(first, second))
    assert "Line 3 gives the post “Safeguarding children lead” to nora@" in result.output


def test_a_closed_account_is_a_bad_line(load, world):
    with world.does("Farah") as (session, _):
        session.scalars(select(Account).where(Account.name == "Ben")).one().closed_at = clock.now()
    line = OLD.replace("Noor Vale", "Ben").replace("noor@northside", "ben@eastway")
    assert "whose account is closed" in load(lines(line)).output


SPREADSHEETS = {
    "plain": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16, little end first": lambda text: text.encode("utf-16"),
    "utf-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows-1252": lambda text: text.encode("cp1252"),
    "semicolons": lambda text: text.replace(",", ";").encode("utf-8-sig"),
    "tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "bars": lambda text: text.replace(",", "|").encode(),
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old line ends": lambda text: text.replace("\n", "\r").encode(),
    "sep line": lambda text: b"sep=;\r\n" + text.replace(",", ";").encode("cp1252"),
    "no last line end": lambda text: text.rstrip().encode(),
    "blank lines": lambda text: text.replace("\n", "\n,,,,,,,,\n\n").encode(),
    "all quoted": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_files_work_as_spreadsheets_really_write_them(load, world, kind):
    text = lines(NEW.replace("Noor Vale", "Zoë O’Brien"))
    result = load(SPREADSHEETS[kind](text), "--apply")
    assert result.exit_code == 0, result.output
    found = person(world)
    assert found.name == "Zoë O’Brien"
    assert found.phone == "+441632960001"


def test_headings_are_read_whatever_their_capitals_spaces_and_order(load, world):
    headings = " E-mail , NAME,Agency Kind, agency,Team ,Payroll no.,Telephone,Role"
    row = "NOOR@Harbour.example,Noor\u00a0 Vale,CMHT,Harbour,Harbour CMHT,0815,,Care Coordinator"
    result = load(lines(row, headings=headings), "--apply")
    assert result.exit_code == 0, result.output
    assert person(world).name == "Noor Vale"


def test_words_of_the_screen_are_as_good_as_the_stored_ones(load, world):
    row = NEW.replace("chair", "children and families SOCIAL worker") + "link worker (Deputy)"
    assert load(lines(row), "--apply").exit_code == 0
    with world.session() as session:
        role = session.scalars(
            select(Membership.role).where(Membership.account_id == person(world).id)
        ).one()
        kind, deputy = session.execute(
            select(Post.kind, PostHolding.deputy)
            .join(PostHolding, PostHolding.post_id == Post.id)
            .where(PostHolding.account_id == person(world).id)
        ).one()
    assert role is Role.SOCIAL_WORKER
    assert (kind, deputy) == (PostKind.LINK_WORKER, True)


def test_what_differs_is_changed_and_what_is_empty_is_left_alone(load, world):
    load(lines(NEW), "--apply")
    changed = NEW.replace("Noor Vale", "Noor Vale-Finch").replace("01632 960001", "")
    result = load(lines(changed), "--apply")
    assert "people: 0 new, 1 changed" in result.output
    assert "In all 0 new, 1 changed." in result.output
    assert person(world).name == "Noor Vale-Finch"
    assert person(world).phone == "+441632960001"


def test_a_post_goes_to_the_person_in_the_file(load, amira, world):
    """E06: the post stays and its holder changes; not yet confirmed."""
    row = OLD + "Safeguarding children lead"
    result = load(lines(row), "--apply")
    assert "holders of posts: 0 new, 1 changed" in result.output
    page = amira.get("/directory/safeguarding-lead")
    assert "Not yet confirmed by Noor Vale" in page.text
    assert "In all 0 new, 0 changed." in load(lines(row), "--apply").output


def test_an_import_never_ends_a_role(load, world):
    before = world.count(Membership, Membership.ends_on.is_(None))
    load(lines(NEW), "--apply")
    assert world.count(Membership, Membership.ends_on.is_(None)) == before + 1


def test_an_import_stands_in_the_trail_under_its_own_name(load, world):
    load(lines(NEW), "--apply")
    with world.session() as session:
        rows = session.execute(
            select(TrailEvent.service, TrailEvent.actor_id, TrailEvent.record_kind).where(
                TrailEvent.action == "directory.import"
            )
        ).all()
    assert ("import", None, "accounts") in rows
    assert {service for service, _, _ in rows} == {"import"}


WHOLE_FILES = {
    "empty": (b"", "these are missing"),
    "headings alone": (HEADINGS.encode(), "nothing below it"),
    "other headings": (b"a,b,c\n1,2,3\n", "these are missing: agency, team, name, email, role"),
    "a column twice": (f"{HEADINGS},Email\n{NEW},\n".encode(), "Two columns are called “email”"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x81\x8d\x8f", "no text that can be read"),
    "half a character": (b"\xff\xfea", "no text that can be read"),
    "ten megabytes": (b"x" * 10_000_000, "larger than 5 MB"),
    "ten million commas": (b"," * 4_900_000, "these are missing"),
    "too many lines": ((HEADINGS + "\n" + "x\n" * 20_001).encode(), "more than 20,000 lines"),
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_file_that_is_no_staff_list_is_refused_in_a_sentence(load, world, kind):
    content, sentence = WHOLE_FILES[kind]
    before = counts(world)
    result = load(content, "--apply")
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert counts(world) == before


def test_a_file_that_is_not_there_is_refused_in_a_sentence(app):
    result = app.test_cli_runner().invoke(args=["import-directory", "/nowhere/staff.csv"])
    assert result.exit_code == 2
    assert "does not exist" in result.output
