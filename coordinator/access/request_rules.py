"""The rules about requests for information, each named as the sentence that it is (rules.py)."""

from coordinator.access.actor import Actor
from coordinator.access.sights import RequestInSight
from coordinator.vocabulary import AnswerKind, RequestState, Verdict


def is_asked_for_information(actor: Actor, record: object) -> bool:
    """Who is asked: the person, or a member of the team, for the agency asked."""
    return (
        isinstance(record, RequestInSight)
        and record.asked_agency_id == actor.agency_id
        and (record.asked_account_id == actor.account_id or record.asked_team_id in actor.team_ids)
    )


def information_is_waited_for(actor: Actor, record: object) -> bool:
    """A request that waits for an answer, or for another one since it was challenged."""
    return isinstance(record, RequestInSight) and record.waits


def request_is_unanswered(actor: Actor, record: object) -> bool:
    """A request that nobody answered or withdrew."""
    return isinstance(record, RequestInSight) and record.state is RequestState.ASKED


def request_is_late(actor: Actor, record: object) -> bool:
    """A request without an answer after its day."""
    return isinstance(record, RequestInSight) and record.late


def answer_can_be_judged(actor: Actor, record: object) -> bool:
    """An answer that was not challenged since it was given."""
    return (
        isinstance(record, RequestInSight)
        and record.answered_at is not None
        and (record.challenged_at is None or record.challenged_at < record.answered_at)
    )


def request_can_be_challenged(actor: Actor, record: object) -> bool:
    """A request late, declined or not answered well enough, and not challenged before."""
    return (
        isinstance(record, RequestInSight)
        and record.challenged_at is None
        and (
            record.late
            or record.answer is AnswerKind.DECLINED
            or record.verdict in (Verdict.PARTLY, Verdict.NO)
        )
    )


def request_is_challenged(actor: Actor, record: object) -> bool:
    """A challenged request that is not settled."""
    return (
        isinstance(record, RequestInSight)
        and record.challenged_at is not None
        and not record.settled
    )


def manages_a_side_of_the_request(actor: Actor, record: object) -> bool:
    """The manager of the team that asks or is asked, who neither asked nor was asked."""
    return (
        isinstance(record, RequestInSight)
        and record.managed
        and actor.account_id not in (record.author_id, record.asked_account_id)
    )
