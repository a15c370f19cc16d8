import datetime

from core import audit
from core.models import AuditEvent
from core.permissions import Role
from members import services
from tests.builders import a_business, a_member, a_partner, a_user

MONDAY = datetime.date(2025, 1, 6)
TUESDAY = datetime.date(2025, 1, 7)


def facts(action):
    return AuditEvent.objects.get(action=action).facts


def test_apply_admit_enter_gives_the_first_number(secretary, chair):
    member = services.apply(name="Sri Lestari", rt="054", rw="013", on=MONDAY, by=secretary)
    assert member.number is None
    services.admit(member, on=TUESDAY, by=chair)
    member = services.enter(member, on=TUESDAY, by=chair)
    assert (member.number, member.applied_on, member.admitted_on, member.entered_on) == (1, MONDAY, TUESDAY, TUESDAY)
    assert [event.action for event in audit.trail(member)] == ["member.entered", "member.admitted", "member.applied"]


def test_builders_make_what_they_say(secretary):
    member = a_member("Budi", username="anggota01")
    business = a_business(member, products=["bags", "sandals"])
    assert (member.number, member.user.role, business.product_names) == (1, "member", "tas, sandal")
    assert a_partner().market == "local"
    assert a_member("Ketua", user=a_user(Role.CHAIR)).number == 2
    assert a_member("Tanpa login").user is None
