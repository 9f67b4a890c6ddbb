"""Who deals with what in the demonstration, its duty rota, and a form in its inbox."""

from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import select

from lado.extensions import db
from lado.models import Consultation, User
from lado.queries import cover
from lado.rules.permissions import Role
from lado.rules.settings import YES
from lado.rules.working_days import add_working_days
from lado.services import consultation_owner, duty, settings
from lado.services.received_form import Sent, receive

LEFT_UNASSIGNED = 2
WEEKS = 5
GAP_AFTER_WORKING_DAYS = 8


def arrange_cover(users: dict[Role, User], today: date) -> None:
    lado, manager = users[Role.LADO], users[Role.MANAGER]
    waiting = db.session.scalars(
        select(Consultation).where(cover.unassigned()).order_by(Consultation.received_on)
    ).all()
    for consultation in waiting[:-LEFT_UNASSIGNED]:
        consultation_owner.assign(
            consultation, owner=lado, version=consultation.version, by=manager
        )
    monday = today - timedelta(days=today.weekday())
    for week, user in zip(range(WEEKS), cycle((lado, lado, manager)), strict=False):
        first = monday + timedelta(weeks=week)
        duty.set_on_duty(user, first=first, last=first + timedelta(days=6), by=manager)
    away = add_working_days(today, GAP_AFTER_WORKING_DAYS)
    for user in (lado, manager):
        duty.take_off_duty(user, first=away, last=away, by=manager)
    settings.change({"referral_form": YES}, by=users[Role.ADMINISTRATOR])
    receive(FORM)


FORM = Sent(
    reporter_name="Odette Fictionby",
    reporter_role="Safeguarding lead",
    reporter_organisation="Storyshire Gymnastics Club",
    reporter_phone="01234 567890",
    reporter_may_be_named=True,
    adult_surname="Pretendsworth",
    adult_forename="Callum",
    adult_role="Coach",
    adult_employer="Storyshire Gymnastics Club",
    place="In the changing rooms",
    children_count=2,
    concern="Two gymnasts said that the coach took pictures of them while they were getting ready. "
    "He says that it was for the club's own page.",
    done_so_far="The coach has been asked to stay away until we hear from you.",
    police_told=False,
)
