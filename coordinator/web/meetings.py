"""The pages of meetings: the list, arranging, the one page of a meeting, what came of it."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, MeetingInSight
from coordinator.clock import day_in_words, time_in_words, which_of_two
from coordinator.forms.meetings import (
    CancelMeetingForm,
    ChangeMeetingForm,
    WhenAndWhere,
    WhyLeftOut,
    arrange_form,
    filled_in,
)
from coordinator.forms.series import asks_which
from coordinator.reads import (
    actions,
    agenda,
    agendas,
    child_statuses,
    families,
    guests,
    invitations,
    meeting_kinds,
    meeting_rules,
    needs,
    outsiders,
    voices,
)
from coordinator.reads import meetings as reads
from coordinator.reads import series as followers
from coordinator.reads.invitations import Company
from coordinator.services import series
from coordinator.services.meetings import Arrangement
from coordinator.services.partner import LeftOut
from coordinator.vocabulary import (
    OF_CHILD_PROTECTION,
    AgencyKind,
    LeftOutReason,
    MeetingState,
    NotAskedReason,
    Place,
    Procedure,
)
from coordinator.web import series as series_words

bp = Blueprint("meetings", __name__)


@bp.get("/families/<family>/meetings")
@requires(Permission.MEETINGS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """List the meetings of a family, those to come first."""
    return page(
        "meetings/index.html",
        tab="meetings",
        bar=families.bar(visit.session, family),
        meetings=reads.of_family(visit.session, visit.actor, visit.moment, family),
        may_arrange=decide(visit.actor, Permission.MEETINGS_ARRANGE, family).allowed,
        discharge=meeting_kinds.of_procedure(visit.session, Procedure.DISCHARGE),
    )


@bp.route("/families/<family>/meetings/arrange", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ARRANGE)
def arrange(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Arrange a meeting and invite people."""
    people = invitations.company(visit.session, visit.actor, visit.moment, family)
    invitees = people.invitees(visit.actor)
    kinds = meeting_kinds.everything(visit.session)
    chosen = request.values.get("kind", "")
    procedure = next((kind.procedure for kind in kinds if kind.reference == chosen), None)
    statuses = child_statuses.now_of_family(visit.session, visit.actor, visit.moment, family)
    stage = child_statuses.invited_at_stage(statuses, procedure)
    voluntary = (
        child_statuses.is_helped_by_choice(statuses)
        and procedure not in OF_CHILD_PROTECTION
        and not request.args.get("every_kind")
    )
    known = guests.of_family(visit.session, family)
    members = needs.members(visit.session, visit.actor, visit.moment, family)
    outside = outsiders.among(members, known, stage)
    partner_kind = _partner_kind(visit)
    partner_there = any(c.proposed and c.agency_kind is partner_kind for c in invitees)
    form = arrange_form((o.value, o.name) for o in outside if o.must_explain)(
        **{"minutes": "60", "place": Place.SITE.value} | filled_in(request.args),
        invite=[c.value for c in invitees if c.proposed]
        + [other.value for other in outside if other.proposed],
        left_out_reason=None if partner_there else LeftOutReason.NOT_INVOLVED.value,
    )
    _offer(visit, form, people)
    offered = meeting_kinds.choices(kinds, visit.actor, voluntary=voluntary)
    form.kind.offer([("", "Choose one"), *offered])
    form.invite.offer(
        [
            *((other.value, other.name, other.why) for other in outside),
            *((c.value, c.name, c.why) for c in invitees),
        ]
    )
    bar = families.bar(visit.session, family)
    if form.is_sent():
        with form.refusals():
            reference, number = series.arrange(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.kind.data,
                arrangement(form),
                form.invite.data or [],
                left_out(form),
                {
                    field.name.removeprefix("why_"): NotAskedReason(field.data)
                    for field in form.reasons
                    if field.data
                },
                series_words.again(form),
            )
            flash(series_words.arranged(number), "success")
            return redirect(f"/meetings/{reference}")
    return page(
        "meetings/arrange.html",
        form=form,
        bar=bar,
        title="Arrange a meeting",
        submit="Arrange the meeting and invite",
        back=f"/families/{family.reference}/meetings",
        partner=partner_kind.label,
        partner_there=partner_there,
        voluntary=voluntary,
        unfilled=child_statuses.unfilled(
            stage, [*(c.case_role for c in people.on_the_case), *(guest.role for guest in known)]
        ),
        nobody_else=not invitees and not outside,
        needs=[member.needs for member in members if member.needs],
        unanswered=[member for member in members if member.waits_for_an_answer],
        ask_url=f"/families/{family.reference}/ask",
    )


@bp.get("/meetings/<meeting>")
@requires(Permission.MEETINGS_READ)
def one(visit: Visit, meeting: MeetingInSight) -> Page:
    """Show a meeting: before it who is coming, afterwards who came and what was agreed."""
    shown = reads.one(visit.session, visit.actor, visit.moment, meeting)
    agreed = actions.of_meeting(visit.session, visit.actor, visit.moment, meeting)
    return page(
        "meetings/meeting.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        meeting=shown,
        link_workers=voices.link_workers(visit.session, visit.moment, meeting)
        if shown.voice and shown.voice.waits and "see_to" in shown.may
        else (),
        agreed=agreed,
        rules=meeting_rules.of_meeting(
            visit.session, visit.actor, visit.moment, meeting, shown, agreed
        ),
        outstanding=agenda.outstanding(visit.session, visit.actor, visit.moment, meeting)
        if shown.sees_family and shown.state is MeetingState.PLANNED
        else (),
        agenda=agendas.of(visit.session, visit.actor, meeting, shown),
        may_write_agenda=decide(visit.actor, Permission.AGENDAS_WRITE, meeting).allowed,
    )


@bp.route("/meetings/<meeting>/change", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def change(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Change when and where a meeting is; everybody invited is told."""
    stored = reads.stored(visit.session, meeting)
    people = invitations.company(visit.session, visit.actor, visit.moment, meeting.family)
    later = followers.following(visit.session, visit.actor, meeting)
    form = asks_which(ChangeMeetingForm, len(later))(
        version=meeting.version,
        day=stored.local_start.date(),
        start=stored.local_start.time(),
        minutes=str(stored.minutes),
        which_hour=which_of_two(stored.local_start, stored.starts_at),
        place=stored.place.value,
        site=stored.site,
        place_text=stored.place_text,
        purpose=stored.purpose,
        chair=_value_of(people.chairs, stored.chair_id),
        minute_taker=_value_of(people.minute_takers, stored.minute_taker_id),
        interpreter_booked={True: "yes", False: "no", None: None}[stored.interpreter_booked],
    )
    _offer(visit, form, people)
    bar = families.bar(visit.session, meeting.family)
    if form.is_sent():
        with form.refusals():
            moved = series.change(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.version.data,
                arrangement(form),
                following=series_words.is_for_all(form),
            )
            told = " Everybody invited is told." if moved else ""
            flash(f"The meeting is changed.{told}", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "meetings/change.html",
        form=form,
        bar=bar,
        title="Change the meeting",
        caption=stored.kind,
        needs=needs.of_family(visit.session, visit.actor, visit.moment, meeting.family),
        submit="Save the change",
        back=f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/cancel", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def cancel(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Cancel a meeting; everybody invited is told."""
    stored = reads.stored(visit.session, meeting)
    later = followers.following(visit.session, visit.actor, meeting)
    form = asks_which(CancelMeetingForm, len(later))()
    if form.is_sent():
        with form.refusals():
            number = series.cancel(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.reason.data,
                following=series_words.is_for_all(form),
            )
            what = "The meeting is" if number == 1 else f"{number} meetings are"
            flash(f"{what} cancelled. Everybody invited is told.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    start = stored.local_start
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Cancel the meeting",
        caption=stored.kind,
        intro=f"{day_in_words(start)}, {time_in_words(start)}.",
        submit="Cancel the meeting",
        style="warning",
        back=f"/meetings/{meeting.reference}",
    )


def arrangement(form: WhenAndWhere) -> Arrangement:
    """Return what a valid form says about when and where."""
    fields: Any = form
    return Arrangement(
        day=fields.day.data,
        start=fields.start.data,
        minutes=int(fields.minutes.data),
        place=Place(fields.place.data),
        site=fields.site.data or "",
        place_text=fields.place_text.data or "",
        purpose=fields.purpose.data or "",
        chair=fields.chair.data or "",
        minute_taker=fields.minute_taker.data or "",
        interpreter_booked=fields.interpreter_booked.data == "yes",
        all_the_same=bool(fields.all_the_same.data),
        which_hour=fields.which_hour.data or "",
    )


def left_out(form: WhyLeftOut) -> LeftOut | None:
    """Return why the partner agency is not asked, if the form says so."""
    fields: Any = form
    if not fields.left_out_reason.data:
        return None
    return LeftOut(LeftOutReason(fields.left_out_reason.data), fields.left_out_note.data or "")


def _offer(visit: Visit, form: WhenAndWhere, people: Company) -> None:
    form.offer_places_and_people(
        meeting_kinds.sites(visit.session, visit.actor),
        [(c.value, c.words) for c in people.chairs],
        [(c.value, c.words) for c in people.minute_takers],
    )


def _partner_kind(visit: Visit) -> AgencyKind:
    mine = visit.actor.agency_kind
    return invitations.PARTNER.get(mine, AgencyKind.HOST) if mine else AgencyKind.HOST


def _value_of(people: tuple[invitations.Candidate, ...], account_id: int | None) -> str:
    return next((c.value for c in people if c.account_id == account_id), "")
