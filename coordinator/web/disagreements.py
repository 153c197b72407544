"""Professional disagreements: put forward, settle or take up, and see which are late."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access import stage_owners
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.worry_sights import DisagreementInSight
from coordinator.forms.disagreements import DisagreementForm, StageForm
from coordinator.reads import disagreements as reads
from coordinator.reads import families
from coordinator.services import disagreements
from coordinator.services.disagreements import UP, Ending
from coordinator.vocabulary import DisagreementOutcome, DisagreementStage

bp = Blueprint("disagreements", __name__)


@bp.route("/families/<family>/disagreements/raise", methods=["GET", "POST"])
@requires(Permission.DISAGREEMENTS_RAISE)
def put_forward(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Say what one does not agree about."""
    form = DisagreementForm()
    form.with_whom.offer([("", "Choose one"), *_owners(visit, family, DisagreementStage.WORKERS)])
    if form.is_sent():
        with form.refusals():
            reference = disagreements.put_forward(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.about.data or "",
                form.wanted.data or "",
                form.with_whom.data or "",
            )
            flash("It stands on their Today page. Call them, too: talking settles most.", "success")
            return redirect(f"/disagreements/{reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Say that you disagree",
        intro="What the child needs now goes on meanwhile. In danger, refer again or call 999.",
        submit="Put it forward",
        back=f"/families/{family.reference}/referrals",
    )


@bp.get("/disagreements/<disagreement>")
@requires(Permission.DISAGREEMENTS_READ)
def show(visit: Visit, disagreement: DisagreementInSight) -> Page:
    """Show a disagreement with its stages."""
    return page(
        "disagreements/show.html",
        bar=families.bar(visit.session, disagreement.family),
        tab="worries",
        row=reads.one(visit.session, visit.moment, disagreement),
        may_end=decide(visit.actor, Permission.DISAGREEMENTS_END_STAGE, disagreement).allowed,
    )


@bp.route("/disagreements/<disagreement>/stage", methods=["GET", "POST"])
@requires(Permission.DISAGREEMENTS_END_STAGE)
def end_stage(visit: Visit, disagreement: DisagreementInSight) -> Page | Response:
    """Write down what came of the stage that it is at."""
    row = reads.one(visit.session, visit.moment, disagreement)
    above = UP.get(row.now.stage)
    form = StageForm()
    if above is None:
        form.outcome.offer(
            choice
            for choice in DisagreementOutcome.choices()
            if choice[0] != DisagreementOutcome.TAKEN_UP
        )
        form.next_owner.offer([])
    else:
        people = _owners(visit, disagreement.family, above)
        form.next_owner.offer([("", "Choose one"), *people])
    if form.is_sent():
        with form.refusals():
            disagreements.end_stage(
                visit.session,
                visit.actor,
                visit.moment,
                disagreement,
                Ending(
                    DisagreementOutcome(form.outcome.data),
                    form.said.data or "",
                    form.next_owner.data or "",
                ),
            )
            flash("Both agencies on the case can read it.", "success")
            return redirect(f"/disagreements/{disagreement.reference}")
    return page(
        "disagreements/stage.html",
        bar=families.bar(visit.session, disagreement.family),
        form=form,
        title="What came of it?",
        caption=row.now.stage.label,
        submit="Save",
        back=f"/disagreements/{disagreement.reference}",
        row=row,
        above=above,
    )


@bp.get("/disagreements")
@requires(Permission.DISAGREEMENTS_OVERSEE)
def oversee(visit: Visit) -> Page:
    """Show what is not settled, the late ones first."""
    return page(
        "disagreements/oversee.html",
        rows=reads.overseen(visit.session, visit.actor, visit.moment),
    )


def _owners(visit: Visit, family: FamilyInSight, stage: DisagreementStage) -> list[tuple[str, str]]:
    people = stage_owners.owners(visit.session, visit.actor, visit.moment, family, stage)
    return [(one.reference, f"{one.name}, {one.agency}") for one in people]
