"""Not sure, ask first: the question, the lead's page, and the advice (E17)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import AdviceInSight, EntryInSight
from coordinator.forms.advice import AdviceForm, AskFirstForm
from coordinator.reads import advice as reads
from coordinator.reads import families, levels
from coordinator.services import advice as questions
from coordinator.services.sharing import check_open_question
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AdviceOutcome

bp = Blueprint("advice", __name__)


@bp.route("/entries/<entry>/ask-first", methods=["GET", "POST"])
@requires(Permission.ADVICE_ASK)
def ask(visit: Visit, entry: EntryInSight) -> Page | Response:
    """Ask a lead whether to share something; it stays as it is."""
    check_open_question(entry)
    known = questions.leads(visit.session, visit.actor, visit.moment, entry.family)
    form = AskFirstForm(data={"lead": next(iter(known), None)})
    form.lead.offer([(reference, words) for reference, (_id, words) in known.items()])
    back = levels.share_page(entry.kind, entry.reference, entry.family.reference)
    if form.is_sent():
        with form.refusals():
            questions.ask(
                visit.session,
                visit.actor,
                visit.moment,
                entry,
                form.lead.data or "",
                form.question.data or "",
            )
            flash("Your question is sent. Nothing is shared until you decide.", "success")
            return redirect(back)
    return page(
        "advice/ask.html",
        bar=families.bar(visit.session, entry.family),
        form=form,
        title="Ask a lead first",
        submit="Send the question",
        back=back,
        now=levels.level_now(visit.session, entry),
        hours=SETTINGS.advice_hours,
        objects=questions.parent_objects(visit.session, visit.actor, entry),
        leads=known,
    )


@bp.get("/advice/<advice>")
@requires(Permission.ADVICE_READ)
def show(visit: Visit, advice: AdviceInSight) -> Page:
    """Show a question and its answer, to the lead and to who asked."""
    return page(
        "advice/show.html",
        row=reads.one(visit.session, visit.moment, advice),
        mine=not advice.asked_me,
        may_answer=decide(visit.actor, Permission.ADVICE_ANSWER, advice).allowed,
    )


@bp.route("/advice/<advice>/answer", methods=["GET", "POST"])
@requires(Permission.ADVICE_ANSWER)
def answer(visit: Visit, advice: AdviceInSight) -> Page | Response:
    """Advise who asked: share, share less, or do not share, with words."""
    form = AdviceForm(data={"version": advice.version})
    if form.is_sent():
        with form.refusals():
            questions.answer(
                visit.session,
                visit.actor,
                visit.moment,
                advice,
                form.version.data,
                AdviceOutcome(form.outcome.data),
                form.words.data or "",
            )
            flash("Your advice is sent to who asked.", "success")
            return redirect(f"/advice/{advice.reference}")
    return page(
        "advice/answer.html",
        form=form,
        title="Advise a colleague",
        submit="Send the advice",
        back="/today",
        row=reads.one(visit.session, visit.moment, advice),
        about=reads.asked_about(visit.session, visit.actor, advice),
    )
