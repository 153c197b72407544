"""How to meet and talk with somebody, for all on the case; and the private question of safety."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import PersonInSight
from coordinator.forms.needs import NeedsForm, PrivateAnswerForm
from coordinator.reads import families, sharing
from coordinator.reads import needs as reads
from coordinator.reads.needs import NOTHING_YET, NeedsOf
from coordinator.services import needs
from coordinator.services.needs import NeedsSaid
from coordinator.vocabulary import MeetWhere, Relation

bp = Blueprint("needs", __name__)

ANSWERS = {"yes": True, "no": False, "unknown": None}
SAFE_WORDS = {True: "yes", False: "no", None: "unknown"}
PRIVATE = [
    (
        "Ask it alone, never in front of the other. Only you, and whom you name, read the answer;"
        " it is never printed."
    ),
    (
        "A partner is proposed for meetings once workers of each agency have answered that it is"
        " safe. Nobody is told who answered what."
    ),
]


@bp.route("/people/<person>/needs", methods=["GET", "POST"])
@requires(Permission.NEEDS_WRITE)
def write(visit: Visit, person: PersonInSight) -> Page | Response:
    """Write down language, interpreter, format and where somebody likes to meet."""
    home = f"/families/{person.family.reference}/people"
    member = reads.of_person(visit.session, visit.actor, visit.moment, person)
    form = NeedsForm(data=_stored(member.needs))
    if form.is_sent():
        with form.refusals():
            needs.write(
                visit.session, visit.actor, visit.moment, person, form.version.data, _said(form)
            )
            flash("What they need is written down.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, person.family),
        form=form,
        title="How to meet and talk",
        caption=member.name,
        submit="Save",
        back=home,
    )


@bp.route("/people/<person>/safe-to-invite", methods=["GET", "POST"])
@requires(Permission.NEEDS_ANSWER_PRIVATELY)
def answer(visit: Visit, person: PersonInSight) -> Page | Response:
    """Answer in private whether it is safe to invite somebody."""
    family = person.family
    home = f"/families/{family.reference}/people"
    mine = reads.of_person(visit.session, visit.actor, visit.moment, person)
    if mine.relation is Relation.CHILD:  # The question is asked about grown-ups.
        return redirect(home)
    note, readers = reads.private_words(visit.session, visit.actor, person)
    safe = SAFE_WORDS[mine.safe] if mine.answered else ""
    form = PrivateAnswerForm(data={"safe": safe, "note": note, "readers": list(readers)})
    form.readers.offer(sharing.people_to_name(visit.session, visit.actor, visit.moment, family))
    if form.is_sent():
        with form.refusals():
            needs.write_private(
                visit.session,
                visit.actor,
                visit.moment,
                person,
                safe=ANSWERS[form.safe.data or ""],
                note=form.note.data or "",
                chosen=tuple(form.readers.data or ()),
            )
            flash("Your answer is kept, in private.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Is it safe to invite them?",
        caption=mine.name,
        intro=PRIVATE,
        submit="Save your answer",
        back=home,
    )


def _stored(stored: NeedsOf | None) -> dict[str, object]:
    if stored is None:
        return {"version": NOTHING_YET}
    return {
        **vars(stored),
        "likes": stored.likes.value if stored.likes else "",
        "not_there": stored.not_there.value if stored.not_there else "",
    }


def _said(form: NeedsForm) -> NeedsSaid:
    return NeedsSaid(
        language=form.language.data or "",
        interpreter=bool(form.interpreter.data),
        formats=form.formats.data or "",
        likes=MeetWhere(form.likes.data) if form.likes.data else None,
        not_there=MeetWhere(form.not_there.data) if form.not_there.data else None,
    )
