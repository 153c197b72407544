"""How a visit went, each owner's part, and what a parent says of supervised time with a child."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.visit_rules import VisitInSight
from coordinator.clock import day_in_words
from coordinator.forms.visit_records import (
    PartForm,
    TellForm,
    TimeTogetherForm,
    TimeTogetherPartForm,
    VisitCommentForm,
)
from coordinator.reads import families, visits
from coordinator.services import visit_records
from coordinator.services.visit_records import Told
from coordinator.vocabulary import MovedBy, ParentAnswered, VisitState

bp = Blueprint("visit_records", __name__)


@bp.route("/visits/<home_visit>/record", methods=["GET", "POST"])
@requires(Permission.VISITS_RECORD)
def record(visit: Visit, home_visit: VisitInSight) -> Page | Response:
    """Tell how a visit went, and add one's own part."""
    stored = visits.one(visit.session, visit.actor, visit.moment, home_visit)
    done = home_visit.state is VisitState.DONE
    form = _form(done=done, supervised=stored.supervises)
    if form.is_sent():
        with form.refusals():
            visit_records.tell(visit.session, visit.actor, visit.moment, home_visit, _told(form))
            flash("It is written down.", "success")
            return redirect(f"/visits/{home_visit.reference}")
    return page(
        "visits/record.html",
        bar=families.bar(visit.session, home_visit.family),
        form=form,
        visit=stored,
        title="Add your part" if done else "How did it go?",
        caption=stored.kind,
        submit="Add it" if done else "Save",
        back=f"/visits/{home_visit.reference}",
    )


@bp.route("/visits/<home_visit>/comment", methods=["GET", "POST"])
@requires(Permission.VISITS_COMMENT)
def comment(visit: Visit, home_visit: VisitInSight) -> Page | Response:
    """Add what the parent answered when asked about a visit that took place (S12)."""
    stored = visits.agreed(visit.session, visit.actor, visit.moment, home_visit)
    form = VisitCommentForm()
    if form.is_sent():
        with form.refusals():
            visit_records.comment(
                visit.session,
                visit.actor,
                visit.moment,
                home_visit,
                ParentAnswered(form.word.data),
                form.comment.data or "",
            )
            flash("The parent’s answer is in the record.", "success")
            return redirect(f"/visits/{home_visit.reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, home_visit.family),
        form=form,
        title="The parent’s comment",
        caption=f"{stored.kind}, {day_in_words(stored.local_start)}",
        intro=f"{stored.level.label}: tell the parent so before they answer.",
        submit="Add it to the record",
        back=f"/visits/{home_visit.reference}",
    )


def _form(*, done: bool, supervised: bool) -> TellForm | PartForm:
    if supervised:
        return TimeTogetherPartForm() if done else TimeTogetherForm(data={"word": ""})
    return PartForm() if done else TellForm()


def _told(form: TellForm | PartForm) -> Told:
    """Return what a valid form says; what it does not ask is not said."""
    said = {name: form.data.get(name) or "" for name in Told.__dataclass_fields__}
    word, moved_by = said.pop("word"), said.pop("moved_by")
    return Told(
        state=VisitState(said.pop("state") or VisitState.DONE),
        word=ParentAnswered(word) if word else None,
        moved_by=MovedBy(moved_by) if moved_by else None,
        **said,
    )
