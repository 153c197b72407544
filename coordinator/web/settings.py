"""The settings of an area: one page that leads to all of them, and the periods and limits."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.errors import NotFoundError
from coordinator.forms.base import VersionedForm
from coordinator.forms.settings import SAVE, group_form
from coordinator.reads import settings as reads
from coordinator.services import settings
from coordinator.settings import KNOWN
from coordinator.vocabulary import SettingGroup
from coordinator.web.lists import asked
from coordinator.web.posts import whole_number

bp = Blueprint("settings", __name__)

HOME = "/settings"
# What an area keeps beside its numbers: where, and what it is for.
LISTS = (
    (
        "Agencies, teams and buildings",
        "/directory",
        "Open one to rename it, to add to it or to close a team",
    ),
    ("Areas", "/settings/areas", "Where teams and services work, and referrals come from"),
    ("How often posts are confirmed", "/directory/periods", "And who is asked when they are not"),
    ("Worries and referrals", "/referral-settings", "Routes, forms, words of the guide"),
    ("Reasons for sharing", "/lawful-bases", "The sentences that staff read and parents are told"),
    ("Kinds of meeting", "/meeting-kinds", "And who has to be asked to them"),
    ("Ground rules of meetings", "/ground-rules", "They stand on every agenda"),
    ("Kinds of visit", "/visit-kinds", "And whether two workers may go together"),
    ("Where guests’ invitations may go", "/guest-domains", "The mail domains of services"),
    ("Joint protocol", "/protocol-steps", "Its steps, and the records that tick each"),
    ("Clocks", "/clocks", "What the procedures ask for; each agency’s managers change its own"),
)


@bp.get("/settings")
@requires(Permission.SETTINGS_MANAGE)
def index(visit: Visit) -> Page:
    """Show what holds, who changed what last, and where each list is kept."""
    return page("settings/index.html", shown=reads.everything(visit.session), lists=LISTS)


@bp.route("/settings/<group>", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def change(visit: Visit, group: str) -> Page | Response:
    """Change the numbers of a group; what would change is shown before it is saved."""
    which = _group(group)
    shown = reads.everything(visit.session)
    rows = next(one.rows for one in shown.groups if one.group is which)
    now = {row.setting.name: str(row.number) for row in rows}
    form = group_form(which)(data={"version": shown.version, **now, **_put_back(which)})
    if form.is_sent():
        with form.refusals():
            wanted = {name: whole_number(form[name].data) for name in now}
            if form["sure"].data == SAVE:
                settings.change(
                    visit.session,
                    visit.actor,
                    visit.moment,
                    which,
                    form["version"].data,
                    wanted,
                    form["reason"].data,
                )
                flash("The change holds from now on, for everybody.", "success")
                return redirect(HOME)
            changed = settings.check(which, wanted)
            if form["sure"].data != "back":
                return _sure(form, which, rows, changed)
    form["sure"].data = ""
    return page(
        "settings/change.html",
        form=form,
        title=which.label,
        caption="Settings",
        submit="See what would change",
        back=HOME,
    )


@bp.get("/settings/<group>/history")
@requires(Permission.SETTINGS_MANAGE)
def history(visit: Visit, group: str) -> Page:
    """Show every number that held, who set it, and why."""
    which = _group(group)
    changes = reads.history(visit.session, which)
    return page("settings/history.html", group=which, changes=changes)


def _sure(
    form: VersionedForm,
    group: SettingGroup,
    rows: tuple[reads.Row, ...],
    changed: dict[str, int],
) -> Page:
    """Show what holds beside what would hold."""
    would = [
        (row.setting.label, row.words, row.setting.said(changed[row.setting.name]))
        for row in rows
        if row.setting.name in changed
    ]
    kept = [(name, form[name].data) for name in (*(r.setting.name for r in rows), "reason")]
    return page("settings/sure.html", 200, form=form, group=group, would=would, kept=kept)


def _group(value: str) -> SettingGroup:
    if value not in {group.value for group in SettingGroup}:
        raise NotFoundError
    return SettingGroup(value)


def _put_back(group: SettingGroup) -> dict[str, str]:
    """Return the number that the address asks to put back, to be looked at before it is saved."""
    name, _, number = asked("put-back").partition(" ")
    setting = KNOWN.get(name)
    fits = setting is not None and setting.group is group and setting.allows(whole_number(number))
    return {name: number} if fits else {}
