"""What an administrator does with accounts: adds, changes, closes, and lets people in."""

from sqlalchemy import select

from accounts import add, address, link_on, signed_in, team
from checks import words
from coordinator import clock
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.trail import TrailEvent
from page import Client


def test_a_set_up_link_is_shown_once_and_works(farah, app, world):
    page = add(farah, world)
    link = link_on(page)
    assert link.startswith("/set-up/")
    assert link_on(farah.get(page.path)) == ""
    signed_in(app, link)


def test_an_account_that_is_added_twice_by_a_double_press_is_added_once(farah, world):
    page = farah.get("/accounts/add")
    form = {
        "name": "Noor Vale",
        "email": "noor@northside.example",
        "role": "care-coordinator",
        "team": team(world),
    }
    first = farah.submit(page, form, button="Add")
    second = farah.submit(page, form, button="Add")
    assert first.path == second.path
    assert world.count(Account, Account.name == "Noor Vale") == 1


def test_one_address_is_one_account(farah, world):
    page = add(farah, world, email="AMIRA@northside.example")
    assert page.status == 422
    assert "There is an account" in page.errors["email"]
    assert page.field("name") == "Noor Vale"


def test_an_empty_form_says_what_is_missing(farah):
    page = farah.submit(farah.get("/accounts/add"), button="Add")
    assert set(page.errors) == {"name", "email", "role", "team"}


def test_bad_input_is_answered_with_a_sentence_beside_the_field(farah, world):
    good = {"name": "Noor", "email": "noor@x.example", "role": "chair", "team": team(world)}
    bad = {
        "name": ["x" * 300, "\x00", "\u202eevil"],
        "email": ["nobody", "a@b@c", "x" * 300 + "@x.example", "=cmd()"],
        "phone": ["12", "call me", "9" * 60],
        "role": ["administratorr", "parent"],
        "team": ["NOSUCH123", "1 OR 1=1"],
        "starts_on-day": ["31", "x"],
        "starts_on-year": ["20266", "0"],
    }
    for name, values in bad.items():
        for value in values:
            tampered = {**good, "starts_on-month": "2", "starts_on-day": "3", name: value}
            page = farah.submit(farah.get("/accounts/add"), button="Add", tampered=tampered)
            assert page.status == 422, (name, value)
            assert page.errors, (name, value)
    assert world.count(Account, Account.email.like("%x.example")) == 0


def test_accounts_are_for_administrators(amira, dana, elif_, visitor, world):
    for person in (amira, dana, elif_):
        for path in ("/accounts", "/accounts/add", address(world, "Ben")):
            assert person.get(path).status == 403
    assert visitor.get("/accounts").path == "/sign-in"


def test_an_administrator_sees_no_family(farah):
    assert farah.get("/families/LANE-01").status == 404
    assert farah.get("/families/open").status == 403
    assert "LANE-01" not in farah.get("/families").text


def test_an_administrator_changes_their_own_phone_number(farah, world):
    page = farah.get(f"{address(world, 'Farah')}/change")
    page = farah.submit(page, {"phone": "01632 960 555"}, button="Save")
    assert "01632 960555" in page.text


def found_in(client, name):
    page = client.get(f"/directory?q={name}")
    return page.main.select("tbody th strong")


def test_closing_an_account_names_the_posts_and_leaves_them_vacant(farah, amira, world):
    """E06: who leaves holds no post; the deputy shows first."""
    page = farah.get(f"{address(world, 'Elif')}/close")
    assert "Safeguarding children lead, Northside Mental Health" in page.text
    farah.submit(page, button="Stop their access")
    page = amira.get("/directory/safeguarding-lead")
    assert "Nobody holds this post now" in page.text
    assert "Call the deputy: Ewan" in page.text


def test_a_closed_account_gets_no_set_up_link(farah, world):
    home = address(world, "Amira")
    farah.submit(farah.get(f"{home}/close"), button="Stop their access")
    page = farah.get(f"{home}/set-up-link")
    page = farah.submit(page, {"reason": "forgotten-password"}, button="Make the link")
    assert "The account is closed" in page.errors[""]


def test_a_link_for_a_reason_is_shown_once(farah, app, world):
    page = farah.get(f"{address(world, 'Amira')}/set-up-link")
    assert farah.submit(page, button="Make the link").errors["reason"]
    page = farah.submit(page, {"reason": "lost-second-factor"}, button="Make the link")
    assert Client(app).get(link_on(page)).h1 == "Choose a password"
    assert link_on(farah.get(page.path)) == ""


def test_two_administrators_who_edit_at_once_lose_nobodys_words(farah, world):
    path = f"{address(world, 'Amira')}/change"
    mine, theirs = farah.get(path), farah.get(path)
    farah.submit(theirs, {"profession": "Nurse"}, button="Save")
    page = farah.submit(mine, {"phone": "01632 960 444"}, button="Save")
    assert page.status == 409
    assert "Nurse" in page.text
    assert page.field("phone") == "+441632960444"
    page = farah.submit(page, button="Save")
    assert "01632 960444" in page.text


def test_every_act_on_an_account_stands_in_the_trail_towards_its_person(farah, world):
    page = add(farah, world)
    farah.submit(farah.get(f"{page.path}/close"), button="Stop their access")
    with world.session() as session:
        noor = session.scalars(select(Account.id).where(Account.name == "Noor Vale")).one()
        rows = session.execute(
            select(TrailEvent.action, TrailEvent.outcome, TrailEvent.actor_id).where(
                TrailEvent.towards_id == noor
            )
        ).all()
    actor = world.account_id("Farah")
    assert ("accounts.manage", None, actor) in rows
    assert ("accounts.make-setup-link", "new-account", actor) in rows
    assert ("accounts.grant", None, actor) in rows


def test_an_administrator_gives_no_role_to_themselves(farah, world):
    with world.session() as session:
        own = session.scalars(select(Account.reference).where(Account.name == "Farah")).one()
    assert farah.get(f"/accounts/{own}").status == 200
    assert farah.get(f"/accounts/{own}/roles/add").status == 403


def test_hundreds_of_accounts_come_in_pages_and_are_found_by_any_word(farah, world):
    with world.does("Farah") as (session, _):
        team_id = session.scalars(select(Team.id).where(Team.name == "Northside CMHT")).one()
        for number in range(120):
            account = Account(
                name=f"Person {number:03}",
                email=f"person{number}@northside.example",
                profession="Art therapist" if number == 77 else "",
                created_at=clock.now(),
            )
            session.add(account)
            session.flush()
            session.add(
                Membership(
                    account_id=account.id,
                    team_id=team_id,
                    role="care-coordinator",
                    starts_on=clock.today(),
                )
            )
    page = farah.get("/accounts?q=person+care")
    seen = []
    while True:
        seen += [words(cell) for cell in page.main.select("tbody th a")]
        if "Next" not in page.links:
            break
        page = farah.click(page, "Next")
    assert seen == [f"Person {number:03}" for number in range(120)]
    assert "Person 077" in farah.get("/accounts?q=art+northside").text
    assert "No account matches" in farah.get("/accounts?q=zzz").text


def test_any_words_and_any_page_in_the_address_are_answered(farah):
    for query in ("q=%00", "q=%25_", "q=" + "x" * 5000, "q=%ED%A0%80", "q='--", "q=%E2%80%AEx"):
        assert farah.get(f"/accounts?{query}").status == 200
    for number in ("0", "-1", "x", "99999999999999999999", "²", ""):
        assert farah.get(f"/accounts?page={number}").status == 200


def test_a_percent_sign_is_a_word_and_not_a_wildcard(farah):
    assert "No account matches" in farah.get("/accounts?q=%25").text


def test_a_list_of_accounts_takes_the_same_statements_however_long_it_is(farah, world, statements):
    farah.get("/accounts")
    statements.clear()
    farah.get("/accounts?q=Amira")
    one = len(statements)
    statements.clear()
    farah.get("/accounts")
    assert len(statements) == one <= 8


def test_an_account_is_never_deleted(farah, world):
    before = world.count(Account)
    farah.submit(farah.get(f"{address(world, 'Amira')}/close"), button="Stop their access")
    assert world.count(Account) == before


def test_the_first_administrator_is_added_from_the_command_line(app, world):
    run = app.test_cli_runner()
    said = ["add-user", "--name", "Noor Vale", "--email", "noor@northside.example"]
    result = run.invoke(args=said)
    assert result.exit_code == 0, result.output
    link = result.output.split()[-1].removeprefix("http://localhost")
    noor = signed_in(app, link)
    assert noor.get("/accounts").status == 200
    with world.session() as session:
        services = set(session.scalars(select(TrailEvent.service)))
    assert "set-up" in services
    assert "already" in run.invoke(args=said).output
    bad = run.invoke(args=["add-user", "--name", "X", "--email", "nobody"])
    assert bad.exit_code == 1
    assert "no e-mail address" in bad.output


def test_set_up_links_for_several_people_come_from_the_command_line(app, world):
    run = app.test_cli_runner()
    people = ["amira@northside.example", "ben@eastway.example"]
    result = run.invoke(args=["set-up-link", "--reason", "new-account", *people])
    assert [line.split()[0] for line in result.output.splitlines()] == people
    for line in result.output.splitlines():
        path = line.split()[1].removeprefix("http://localhost")
        assert Client(app).get(path).h1 == "Choose a password"
    result = run.invoke(args=["set-up-link", "--reason", "new-account", "nobody@x.example"])
    assert result.exit_code == 1
    assert "There is no account" in result.output


def test_a_closed_account_opens_again_with_its_roles(farah, app, world):
    page = farah.get(address(world, "Amira"))
    page = farah.submit(farah.click(page, "Stop their access now"))
    assert "Closed on" in page.text
    assert not list(found_in(Client(app).sign_in("Ben"), "Amira"))
    page = farah.submit(page, button="Open the account again")
    assert Client(app).sign_in("Amira").get("/families/LANE-01").status == 200
