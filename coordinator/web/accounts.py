"""The administrator’s pages: people, their roles, and how they get in."""

from flask import Blueprint, current_app, flash, redirect
from flask import session as cookie
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import AccountInSight, MembershipInSight
from coordinator.forms.accounts import (
    AddAccountForm,
    AddRoleForm,
    ChangeAccountForm,
    EndRoleForm,
    SetupLinkForm,
)
from coordinator.forms.base import Form
from coordinator.reads import accounts as reads
from coordinator.reads import teams
from coordinator.services import accounts, departures, setup_links
from coordinator.services.accounts import Grant, Person
from coordinator.vocabulary import LinkReason, Role
from coordinator.web.lists import asked, page_number

bp = Blueprint("accounts", __name__)


@bp.get("/accounts")
@requires(Permission.ACCOUNTS_MANAGE)
def index(visit: Visit) -> Page:
    """List accounts, found by any word."""
    words, number = asked("q"), page_number()
    found, more = reads.found(visit.session, words, number, visit.moment.today)
    return page("accounts/index.html", accounts=found, q=words, number=number, more=more)


@bp.route("/accounts/add", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add an account with its first role."""
    form = AddAccountForm(starts_on=visit.moment.today)
    _offer_teams(visit, form)
    if form.is_sent():
        with form.refusals():
            reference, token = accounts.add(
                visit.session, visit.moment, _person(form), _grant(visit, form)
            )
            cookie["setup_link"] = [reference, token]
            flash("The account is added.", "success")
            return redirect(f"/accounts/{reference}")
    return page("form_page.html", form=form, title="Add an account", submit="Add", back="/accounts")


@bp.get("/accounts/<account>")
@requires(Permission.ACCOUNTS_MANAGE)
def show(visit: Visit, account: AccountInSight) -> Page:
    """Show an account, and a set-up link once, right after it was made."""
    reference, token = cookie.pop("setup_link", ("", ""))
    base = current_app.config["COORDINATOR"].base_url
    return page(
        "accounts/account.html",
        account=reads.account(visit.session, account, visit.moment.today),
        is_me=account.id == visit.actor.account_id,
        setup_link=f"{base}/set-up/{token}" if reference == account.reference else "",
    )


@bp.route("/accounts/<account>/change", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def change(visit: Visit, account: AccountInSight) -> Page | Response:
    """Change what is kept of a person."""
    kept = reads.account(visit.session, account, visit.moment.today)
    form = ChangeAccountForm(obj=kept)
    if form.is_sent():
        with form.refusals():
            accounts.change(visit.session, account, _person(form), form.version.data)
            flash("The changes are saved.", "success")
            return redirect(f"/accounts/{account.reference}")
    return _form(account.reference, form, "Change the details", "Save", kept.name)


@bp.route("/accounts/<account>/roles/add", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def add_role(visit: Visit, account: AccountInSight) -> Page | Response:
    """Give a person one more role."""
    form = AddRoleForm(starts_on=visit.moment.today)
    _offer_teams(visit, form)
    if form.is_sent():
        with form.refusals():
            accounts.add_membership(visit.session, visit.moment, account, _grant(visit, form))
            flash("The role is added.", "success")
            return redirect(f"/accounts/{account.reference}")
    kept = reads.account(visit.session, account, visit.moment.today)
    return _form(account.reference, form, "Add a role", "Add the role", kept.name)


@bp.route("/accounts/roles/<membership>/end", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def end_role(visit: Visit, membership: MembershipInSight) -> Page | Response:
    """End a role after its last day."""
    form = EndRoleForm(last_day=visit.moment.today)
    if form.is_sent():
        with form.refusals():
            last_day = form.last_day.data or visit.moment.today
            if departures.move(visit.session, visit.actor, visit.moment, membership, last_day):
                return redirect(f"/accounts/{membership.account_reference}/leaving")
            accounts.end_membership(visit.session, membership, last_day)
            flash("The end of the role is saved.", "success")
            return redirect(f"/accounts/{membership.account_reference}")
    role = reads.membership(visit.session, membership, visit.moment.today)
    caption = f"{role.role}, {role.team}"
    return _form(membership.account_reference, form, "End a role", "End the role", caption)


@bp.route("/accounts/<account>/set-up-link", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def set_up_link(visit: Visit, account: AccountInSight) -> Page | Response:
    """Make a set-up link, which is shown once."""
    kept = reads.account(visit.session, account, visit.moment.today)
    form = SetupLinkForm()
    if form.is_sent():
        with form.refusals():
            reason = LinkReason(form.reason.data)
            token = setup_links.make(visit.session, account.id, reason, visit.moment.now)
            cookie["setup_link"] = [account.reference, token]
            return redirect(f"/accounts/{account.reference}")
    return _form(account.reference, form, "Make a set-up link", "Make the link", kept.name)


@bp.route("/accounts/<account>/close", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def close(visit: Visit, account: AccountInSight) -> Page | Response:
    """Close an account at once, after a page that says what follows from it."""
    form = Form()
    if form.is_sent():
        accounts.close(visit.session, visit.moment, account)
        departures.leave(visit.session, visit.actor, visit.moment, account, visit.moment.today)
        flash("The account is closed, and its person is signed out everywhere.", "success")
        return redirect(f"/accounts/{account.reference}")
    kept = reads.account(visit.session, account, visit.moment.today)
    return page(
        "form_page.html",
        form=form,
        title="Stop their access now?",
        caption=kept.name,
        intro=[
            "They are signed out everywhere at once and cannot sign in. What they wrote stays.",
            "Tomorrow their manager gets what they hold in families, or whoever is named before.",
            *[f"This post becomes vacant: {post}." for post in kept.posts],
        ],
        submit="Stop their access",
        style="warning",
        back=f"/accounts/{account.reference}",
    )


@bp.post("/accounts/<account>/reopen")
@requires(Permission.ACCOUNTS_GRANT)
def reopen(visit: Visit, account: AccountInSight) -> Response:
    """Open a closed account again."""
    accounts.reopen(visit.session, account)
    departures.stay(visit.session, visit.moment, account)
    flash("The account is open again.", "success")
    return redirect(f"/accounts/{account.reference}")


def _form(reference: str, form: Form, title: str, submit: str, caption: str) -> Page:
    return page(
        "form_page.html",
        form=form,
        title=title,
        caption=caption,
        submit=submit,
        back=f"/accounts/{reference}",
    )


def _offer_teams(visit: Visit, form: AddAccountForm | AddRoleForm) -> None:
    choices = [(team.reference, team.text) for team in teams.team_choices(visit.session)]
    form.team.offer([("", "Choose a team"), *choices])


def _person(form: AddAccountForm | ChangeAccountForm) -> Person:
    return Person(form.name.data, form.email.data, form.phone.data, form.profession.data)


def _grant(visit: Visit, form: AddAccountForm | AddRoleForm) -> Grant:
    first_day = form.starts_on.data or visit.moment.today
    return Grant(form.team.data, Role(form.role.data), first_day)
