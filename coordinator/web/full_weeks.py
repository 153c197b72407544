"""A week with many contacts: what an agency says about it (S08)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import EntryInSight
from coordinator.clock import day_in_words
from coordinator.forms.visits import WeekForm
from coordinator.reads import families, weeks
from coordinator.services import full_weeks
from coordinator.vocabulary import WeekWord

bp = Blueprint("full_weeks", __name__)


@bp.route("/full-weeks/<full_week>/answer", methods=["GET", "POST"])
@requires(Permission.FULL_WEEKS_ANSWER)
def answer(visit: Visit, full_week: EntryInSight) -> Page | Response:
    """Say for one's agency whether visits are combined, or what the week did."""
    home = f"/families/{full_week.family.reference}/visits"
    asked = weeks.full(visit.session, full_week)
    over = asked.monday + weeks.A_WEEK <= visit.moment.today
    form = WeekForm(data={"word": WeekWord.EFFECT.value if over else ""})
    if form.is_sent():
        with form.refusals():
            full_weeks.answer(
                visit.session,
                visit.actor,
                visit.moment,
                full_week,
                WeekWord(form.word.data),
                form.text.data or "",
            )
            flash("It is written down, and both agencies read it.", "success")
            return redirect(home)
    return page(
        "visits/week.html",
        bar=families.bar(visit.session, full_week.family),
        form=form,
        asked=asked,
        title="A week with many contacts",
        caption=f"Week from {day_in_words(asked.monday)}",
        submit="Save",
        back=home,
    )
