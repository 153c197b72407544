"""Who gets in where on LANE-01: every endpoint, every kind of person.

`y` gets in.  `n` is in sight and not allowed: 403.  `-` is out of sight: 404, as what does not
exist.  `r` must say why first (a safeguarding lead): a GET leads there, a POST is 403.  `.` is
public.  One row is one endpoint, whatever its methods.

Amira and Ben are on the case; Dana and Dev manage their teams.  Bella is in Ben's team and not on
the case.  Elif is Northside's safeguarding lead and has given no reason.  Hana chairs the one
meeting, is invited to it and no more.  Farah is the administrator.  Gus works for both agencies
(gus-n, gus-e) and not on the case.  Colm has every right there is, and is excluded.
"""

PEOPLE = (
    ("amira", "Amira", None),
    ("ben", "Ben", None),
    ("bella", "Bella", None),
    ("dana", "Dana", None),
    ("dev", "Dev", None),
    ("elif", "Elif", None),
    ("hana", "Hana", None),
    ("farah", "Farah", None),
    ("gus-n", "Gus", None),
    ("gus-e", "Gus", "Eastway"),
    ("colm", "Colm", None),
)

TABLE = """
                            amira ben   bella dana  dev   elif  hana  farah gus-n gus-e colm
absences.end                n     n     y     n     y     n     n     y     n     n     n
absences.me                 y     y     y     y     y     y     y     y     y     y     y
absences.person             y     y     y     y     y     y     y     y     y     y     y
absences.tell               n     n     y     n     y     n     n     y     n     n     n
accounts.add                n     n     n     n     n     n     n     y     n     n     n
accounts.add_role           n     n     n     n     n     n     n     y     n     n     n
accounts.change             n     n     n     n     n     n     n     y     n     n     n
accounts.close              n     n     n     n     n     n     n     y     n     n     n
accounts.end_role           n     n     n     n     n     n     n     y     n     n     n
accounts.index              n     n     n     n     n     n     n     y     n     n     n
accounts.reopen             n     n     n     n     n     n     n     y     n     n     n
accounts.set_up_link        n     n     n     n     n     n     n     y     n     n     n
accounts.show               n     n     n     n     n     n     n     y     n     n     n
actions.accept              n     y     -     n     n     n     -     -     -     -     -
actions.action              y     y     -     y     y     r     -     -     -     -     -
actions.add                 y     y     -     n     n     r     -     -     -     -     -
actions.cancel              y     y     -     n     n     r     -     -     -     -     -
actions.cannot              n     n     -     n     n     r     -     -     -     -     -
actions.change              y     n     -     n     y     r     -     -     -     -     -
actions.decline             n     y     -     n     n     r     -     -     -     -     -
actions.done                n     n     -     n     n     n     -     -     -     -     -
actions.note                n     n     -     n     n     r     -     -     -     -     -
advice.answer               n     -     -     -     -     y     -     -     -     -     -
advice.ask                  y     -     -     y     -     -     -     -     -     -     -
advice.show                 y     -     -     -     -     y     -     -     -     -     -
agencies.add                n     n     n     n     n     n     n     y     n     n     n
agencies.add_site           n     n     n     n     n     n     n     y     n     n     n
agencies.add_team           n     n     n     n     n     n     n     y     n     n     n
agencies.change             n     n     n     n     n     n     n     y     n     n     n
agencies.change_site        n     n     n     n     n     n     n     y     n     n     n
agencies.change_team        n     n     n     n     n     n     n     y     n     n     n
agendas.add                 y     y     -     n     n     r     n     -     -     -     -
agendas.asked               y     y     -     n     n     r     n     -     -     -     -
agendas.change              y     n     -     n     n     r     -     -     -     -     -
agendas.close               y     n     -     n     n     r     -     -     -     -     -
agendas.drop                y     n     -     n     n     n     -     -     -     -     -
agendas.ground_rules        n     n     n     n     n     n     n     y     n     n     n
agendas.index               y     y     -     y     y     r     y     -     -     -     -
agendas.open_again          y     n     -     n     n     r     -     -     -     -     -
agendas.up                  y     n     -     n     n     n     -     -     -     -     -
answers_by_mail.take        .     .     .     .     .     .     .     .     .     .     .
attendance.agree_action     y     y     -     n     n     r     n     -     -     -     -
attendance.record           n     n     -     n     n     r     y     -     -     -     -
audit.download              n     n     n     y     y     y     n     n     n     n     n
audit.index                 n     n     n     y     y     y     n     n     n     n     n
child_statuses.add          y     y     -     n     n     r     -     -     -     -     -
child_statuses.end          y     y     -     n     n     r     -     -     -     -     -
child_statuses.show         y     y     -     y     y     r     -     -     -     -     -
clocks.change               n     n     n     n     y     n     n     n     n     n     n
clocks.history              y     y     y     y     y     y     y     y     y     y     y
clocks.index                y     y     y     y     y     y     y     y     y     y     y
clocks.missed               n     n     n     y     y     n     n     n     n     n     n
conference_outcomes.add     y     y     -     n     n     r     n     -     -     -     -
deadlines.of_family         y     y     -     y     y     r     -     -     -     -     -
deadlines.settle            y     y     -     n     n     r     -     -     -     -     -
deadlines.start             y     y     -     n     n     r     -     -     -     -     -
boards.add                  y     y     -     n     n     r     n     -     -     -     -
boards.answer               y     y     -     n     n     r     -     -     -     -     -
boards.change               y     n     -     n     n     r     -     -     -     -     -
boards.show                 y     y     -     y     y     r     n     -     -     -     -
checks.answer               n     n     -     n     n     r     n     -     -     -     -
checks.results              n     n     n     y     y     n     n     n     n     n     n
contacts.correct            y     n     -     n     n     r     -     -     -     -     -
contacts.index              y     y     -     y     y     r     -     -     -     -     -
contacts.log                y     y     -     n     n     r     -     -     -     -     -
demo.mail                   -     -     -     -     -     -     -     -     -     -     -
demo.mails                  y     y     y     y     y     y     y     y     y     y     y
departures.hand_over        y     y     -     y     y     r     -     -     -     -     -
departures.index            y     y     y     y     y     n     n     n     y     y     y
departures.last_day         n     n     n     n     n     n     n     y     n     n     n
departures.leaving          n     n     n     n     n     n     n     y     n     n     n
departures.stays            n     n     n     n     n     n     n     y     n     n     n
directory.agency            y     y     y     y     y     y     y     y     y     y     y
directory.changes           y     y     y     y     y     y     y     y     y     y     y
directory.confirm           n     n     n     n     n     y     n     n     n     n     n
directory.download          y     y     y     y     y     y     y     y     y     y     y
directory.index             y     y     y     y     y     y     y     y     y     y     y
directory.post              y     y     y     y     y     y     y     y     y     y     y
directory.safeguarding_lead y     y     y     y     y     y     y     y     y     y     y
directory.team              y     y     y     y     y     y     y     y     y     y     y
emergencies.danger          y     y     -     n     n     r     -     -     -     -     -
emergencies.open_now        -     y     -     -     -     -     -     -     -     -     -
emergencies.review          n     n     -     n     n     y     -     -     -     -     -
emergencies.show            y     y     -     y     y     y     -     -     -     -     -
exclusions.add              n     n     -     y     y     r     -     -     -     -     -
exclusions.index            n     n     n     n     n     n     n     n     n     n     n
exclusions.lift             -     -     -     -     -     -     -     -     -     -     -
exclusions.of_family        n     n     -     y     y     r     -     -     -     -     -
families.add_person         y     y     -     n     n     r     -     -     -     -     -
families.change_person      y     y     -     n     n     r     -     -     -     -     -
families.children           y     y     -     n     n     r     -     -     -     -     -
families.index              y     y     y     y     y     y     y     y     y     y     y
families.open_family        y     y     y     n     n     n     n     n     y     y     y
families.overview           y     y     -     y     y     r     -     -     -     -     -
families.people             y     y     -     y     y     r     -     -     -     -     -
finding.by_reference        n     n     n     n     y     y     n     n     n     n     n
finding.find                y     y     y     y     y     y     n     n     y     y     y
finding.reason              n     n     -     n     n     y     -     -     -     -     -
first_days.sheet            y     y     -     y     y     r     n     -     -     -     -
front.accessibility         .     .     .     .     .     .     .     .     .     .     .
front.home                  .     .     .     .     .     .     .     .     .     .     .
guest_domains.add           n     n     n     n     n     n     n     y     n     n     n
guest_domains.index         n     n     n     n     n     n     n     y     n     n     n
guest_domains.remove        n     n     n     n     n     n     n     y     n     n     n
guest_links.calendar        y     y     -     y     y     r     y     -     -     -     -
guest_links.hide            y     y     -     n     n     r     n     -     -     -     -
guest_links.index           y     y     -     n     n     r     n     -     -     -     -
guest_links.names           -     -     -     n     n     r     n     -     -     -     -
guest_links.renew           y     y     -     n     n     r     n     -     -     -     -
guest_links.show            -     -     -     n     n     r     n     -     -     -     -
guest_links.tell            -     -     -     n     n     r     n     -     -     -     -
guest_links.withdraw        y     y     -     n     n     r     n     -     -     -     -
guest_passes.board          .     .     .     .     .     .     .     .     .     .     .
guest_passes.calendar       .     .     .     .     .     .     .     .     .     .     .
guest_passes.meeting        .     .     .     .     .     .     .     .     .     .     .
guest_passes.reply          .     .     .     .     .     .     .     .     .     .     .
guest_passes.written_view   .     .     .     .     .     .     .     .     .     .     .
guests.add                  y     y     -     n     n     r     -     -     -     -     -
guests.change               y     y     -     n     n     r     -     -     -     -     -
guests.end                  y     y     -     n     n     r     -     -     -     -     -
hidden_notices.index        n     n     n     n     y     y     n     n     n     n     n
information_requests.answer     n     y     -     n     n     r     -     -     -     -     -
information_requests.ask        y     y     -     n     n     r     -     -     -     -     -
information_requests.ask_holder -     y     -     -     -     -     -     -     -     -     -
information_requests.challenge  y     n     -     n     n     r     -     -     -     -     -
information_requests.index      y     y     -     y     y     r     -     -     -     -     -
information_requests.judge      n     n     -     n     n     r     -     -     -     -     -
information_requests.oversee    n     n     n     y     y     n     n     n     n     n     n
information_requests.remind     y     n     -     n     n     n     -     -     -     -     -
information_requests.settle     n     n     -     n     n     r     -     -     -     -     -
information_requests.show       y     y     -     y     y     r     -     -     -     -     -
information_requests.withdraw   y     n     -     n     n     n     -     -     -     -     -
invitations.invite          y     y     -     n     n     r     n     -     -     -     -
invitations.remove          y     y     -     n     n     r     n     -     -     -     -
invitations.reply           y     n     -     n     n     r     y     -     -     -     -
invitations.send_again      y     y     -     n     n     r     n     -     -     -     -
invitations.written_view    y     n     -     n     n     r     y     -     -     -     -
involvements.add            y     y     -     y     y     r     -     -     -     -     -
involvements.ask            y     y     -     n     n     r     -     -     -     -     -
involvements.leave          y     n     -     y     n     r     -     -     -     -     -
involvements.take_the_lead  y     n     -     y     n     n     -     -     -     -     -
join_requests.accept        -     y     y     -     y     -     -     -     -     y     -
join_requests.decline       -     y     y     -     y     -     -     -     -     y     -
join_requests.show          -     y     y     -     y     -     -     -     -     y     -
leads.leads                 .     .     .     .     .     .     .     .     .     .     .
lawful_bases.add            n     n     n     n     n     n     n     y     n     n     n
lawful_bases.bring_back     n     n     n     n     n     n     n     y     n     n     n
lawful_bases.change         n     n     n     n     n     n     n     y     n     n     n
lawful_bases.index          n     n     n     n     n     n     n     y     n     n     n
lawful_bases.retire         n     n     n     n     n     n     n     y     n     n     n
lawful_bases.up             n     n     n     n     n     n     n     y     n     n     n
look_alerts.index           n     n     n     n     n     n     n     n     n     n     n
look_alerts.review          -     -     -     -     -     -     -     -     -     -     -
look_alerts.show            -     -     -     -     -     -     -     -     -     -     -
looks.of_family             n     n     -     y     y     r     -     -     -     -     -
meeting_kinds.add           n     n     n     n     n     n     n     y     n     n     n
meeting_kinds.bring_back    n     n     n     n     n     n     n     y     n     n     n
meeting_kinds.change        n     n     n     n     n     n     n     y     n     n     n
meeting_kinds.index         n     n     n     n     n     n     n     y     n     n     n
meeting_kinds.retire        n     n     n     n     n     n     n     y     n     n     n
meetings.arrange            y     y     -     n     n     r     -     -     -     -     -
meetings.cancel             y     y     -     n     n     r     n     -     -     -     -
meetings.change             y     y     -     n     n     r     n     -     -     -     -
meetings.index              y     y     -     y     y     r     -     -     -     -     -
meetings.one                y     y     -     y     y     r     y     -     -     -     -
minutes.close               n     n     -     n     n     r     n     -     -     -     -
minutes.copy                y     y     -     y     y     r     n     -     -     -     -
minutes.correct             n     n     -     n     n     r     -     -     -     -     -
minutes.received            n     n     -     n     n     n     n     -     -     -     -
minutes.show                y     y     -     y     y     r     n     -     -     -     -
minutes.write               n     n     -     n     n     r     n     -     -     -     -
needs.answer                y     y     -     n     n     r     -     -     -     -     -
needs.write                 y     y     -     n     n     r     -     -     -     -     -
openness.add                y     y     -     n     n     r     -     -     -     -     -
openness.agree              n     n     -     n     n     r     -     -     -     -     -
openness.copy               y     y     -     y     y     r     -     -     -     -     -
openness.settle             y     y     -     n     n     r     -     -     -     -     -
openness.sheet              y     y     -     y     y     r     -     -     -     -     -
openness.show               y     y     -     y     y     r     -     -     -     -     -
parents_words.add           y     y     -     n     n     r     -     -     -     -     -
parents_words.widen         y     -     -     -     -     -     -     -     -     -     -
parents_words.show          y     y     -     y     y     r     -     -     -     -     -
plans.add_goal              y     y     -     n     n     r     -     -     -     -     -
plans.add_what_helps        y     y     -     n     n     r     -     -     -     -     -
plans.change_goal           y     y     -     n     n     r     -     -     -     -     -
plans.change_what_helps     y     y     -     n     n     r     -     -     -     -     -
plans.drop_goal             y     y     -     n     n     n     -     -     -     -     -
plans.missing_goals         y     y     -     n     n     r     -     -     -     -     -
plans.plan                  y     y     -     y     y     r     -     -     -     -     -
plans.role                  y     y     -     n     n     r     -     -     -     -     -
plans.start                 y     y     -     n     n     n     -     -     -     -     -
posts.add                   n     n     n     n     n     n     n     y     n     n     n
posts.change                n     n     n     n     n     n     n     y     n     n     n
posts.deputy                n     n     n     n     n     n     n     y     n     n     n
posts.periods               n     n     n     n     n     n     n     y     n     n     n
posts.holder                n     n     n     n     n     n     n     y     n     n     n
reaching.remind             y     y     -     n     n     r     y     -     -     -     -
reaching.report             y     y     -     n     n     r     y     -     -     -     -
reaching.send_to_team       y     y     -     n     n     r     n     -     -     -     -
reaching.sent               y     y     -     n     n     r     n     -     -     -     -
reaching.tell               y     y     -     n     n     r     n     -     -     -     -
referral_settings.add_route n     n     n     n     n     n     n     y     n     n     n
referral_settings.change_form n     n     n     n     n     n     n     y     n     n     n
referral_settings.change_route n     n     n     n     n     n     n     y     n     n     n
referral_settings.change_words n     n     n     n     n     n     n     y     n     n     n
referral_settings.index     n     n     n     n     n     n     n     y     n     n     n
disagreements.end_stage     y     y     -     y     y     r     -     -     -     -     -
disagreements.oversee       n     n     n     y     y     y     n     n     n     n     n
disagreements.put_forward   y     y     -     n     n     r     -     -     -     -     -
disagreements.show          y     y     -     y     y     r     -     -     -     -     -
referrals.acknowledge       n     y     y     n     y     n     -     -     -     y     -
referrals.begin             y     y     -     n     n     r     -     -     -     -     -
referrals.drop              n     n     n     n     n     n     -     -     -     n     -
referrals.hear              n     n     n     n     n     n     -     -     -     n     -
referrals.index             y     y     -     y     y     r     -     -     -     -     -
referrals.join              n     n     n     n     n     n     -     -     -     n     -
referrals.outcome           n     y     y     n     y     r     -     -     -     y     -
referrals.send              n     n     n     n     n     r     -     -     -     n     -
referrals.show              y     y     y     y     y     r     -     -     -     y     -
referrals.write             n     n     n     n     n     r     -     -     -     n     -
worries.begin               y     y     y     y     y     y     y     y     y     y     y
worries.child               y     -     -     -     -     -     -     -     -     -     -
worries.disagree            y     -     -     -     -     -     -     -     -     -     -
worries.end                 y     -     -     -     -     -     -     -     -     -     -
worries.lead                y     -     -     -     -     -     -     -     -     -     -
worries.refer               y     -     -     -     -     -     -     -     -     -     -
safe_contacts.add           y     y     -     n     n     r     -     -     -     -     -
safe_contacts.name_others   y     -     -     -     -     -     -     -     -     -     -
safe_contacts.end           y     -     -     -     -     -     -     -     -     -     -
safe_contacts.index         y     y     -     y     y     r     -     -     -     -     -
safe_contacts.replace       y     -     -     -     -     -     -     -     -     -     -
safe_contacts.show          y     -     -     -     -     -     -     -     -     -     -
sharing.add_note            y     y     -     n     n     r     -     -     -     -     -
sharing.change_level        y     -     -     y     -     -     -     -     -     -     -
sharing.hold_back           y     -     -     y     -     -     -     -     -     -     -
sharing.show                y     y     -     y     y     r     -     -     -     -     -
sign_in.acting_for          y     y     y     y     y     y     y     y     y     y     y
sign_in.code                .     .     .     .     .     .     .     .     .     .     .
sign_in.enrol               .     .     .     .     .     .     .     .     .     .     .
sign_in.set_up              .     .     .     .     .     .     .     .     .     .     .
sign_in.sign_in             .     .     .     .     .     .     .     .     .     .     .
sign_in.sign_out            y     y     y     y     y     y     y     y     y     y     y
sign_ins.index              n     n     n     n     n     n     n     n     n     n     n
sign_in.stay                y     y     y     y     y     y     y     y     y     y     y
sign_in.time_left           .     .     .     .     .     .     .     .     .     .     .
signing.agree               y     y     -     n     n     r     -     -     -     -     -
signing.share               y     y     -     n     n     r     -     -     -     -     -
signing.sign                y     y     -     n     n     r     -     -     -     -     -
signing.version             -     -     -     -     -     r     -     -     -     -     -
undelivered.told            -     y     -     -     -     -     -     -     -     -     -
voices.ask_for_view         y     y     -     n     n     r     y     -     -     -     -
voices.ask_link_worker      y     y     -     n     n     r     y     -     -     -     -
voices.go_ahead             y     y     -     n     n     r     y     -     -     -     -
today.today                 y     y     y     y     y     y     y     y     y     y     y
"""


def rows() -> dict[str, dict[str, str]]:
    """Return the table: endpoint → person → letter."""
    head, *lines = TABLE.strip().splitlines()
    names = head.split()
    assert names == [name for name, _, _ in PEOPLE]
    table: dict[str, dict[str, str]] = {}
    for line in lines:
        endpoint, *letters = line.split()
        assert endpoint not in table, f"{endpoint} stands there twice"
        table[endpoint] = dict(zip(names, letters, strict=True))
    return table
