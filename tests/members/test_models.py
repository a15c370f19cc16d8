"""What the database refuses whoever writes: every constraint and trigger tried around the services."""

import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from core.permissions import Role
from members.models import Business, Member, Partner, Skill, WorkerCount
from tests.builders import a_business, a_member, a_partner, a_user, an_applicant

MONDAY, TUESDAY = datetime.date(2025, 1, 6), datetime.date(2025, 1, 7)


def refused_by(write, *args, **values) -> str:
    """The name of the constraint that refuses this write, or the trigger's sentence."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write(*args, **values)
    return caught.value.__cause__.diag.constraint_name or str(caught.value)


def change(row, **values) -> str:
    return refused_by(type(row).objects.filter(pk=row.pk).update, **values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "members_member_has_a_name"),
        ({"nik": "34710817088000"}, "members_member_nik_has_16_digits"),
        ({"rt": "54"}, "members_member_rt_has_3_digits"),
        ({"rw": "x13"}, "members_member_rw_has_3_digits"),
        ({"phone": "+62"}, "members_member_phone_with_country"),
        ({"born_on": MONDAY}, "members_member_born_before_applying"),
        ({"admitted_on": MONDAY}, "members_member_decided_by_whom"),
        ({"refused_on": MONDAY, "refusal_reason": "x"}, "members_member_decided_by_whom"),
        ({"refusal_reason": "x"}, "members_member_refused_for_a_reason"),
        ({"entered_on": MONDAY, "number": 1}, "members_member_entered_after_admission"),
        ({"entered_on": MONDAY}, "members_member_entered_after_admission"),
        ({"number": 1}, "members_member_number_when_entered"),
        ({"left_on": MONDAY, "leaving_reason": "death"}, "members_member_left_after_entering"),
        ({"leaving_reason": "death"}, "members_member_left_for_a_reason"),
    ],
)
def test_an_application_refuses(secretary, values, constraint):
    assert change(an_applicant(on=MONDAY), **values) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"refused_on": TUESDAY, "refusal_reason": "x"}, "members_member_one_decision"),
        ({"decided_by": None}, "members_member_decided_by_whom"),
        ({"admitted_on": MONDAY}, "members_member_decided_after_applying"),
        ({"admitted_on": None}, "members_member_decided_by_whom"),
        ({"left_on": MONDAY, "leaving_reason": "death"}, "members_member_left_after_entering"),
        ({"left_on": TUESDAY}, "members_member_left_for_a_reason"),
        ({"left_on": TUESDAY, "leaving_reason": "moved"}, "members_member_left_for_a_reason"),
    ],
)
def test_a_member_refuses(secretary, values, constraint):
    assert change(a_member(on=TUESDAY), **values) == constraint


def test_entry_lies_on_or_after_admission(secretary, chair):
    member = an_applicant(on=MONDAY)
    values = {"admitted_on": TUESDAY, "decided_by": chair, "entered_on": MONDAY, "number": 1}
    assert change(member, **values) == "members_member_entered_after_admission"


def test_nobody_decides_on_their_own_application(secretary, chair):
    values = {"admitted_on": MONDAY, "decided_by": chair, "user": chair}
    assert change(an_applicant(on=MONDAY), **values) == "members_member_not_decided_by_applicant"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TREASURER, Role.SUPERVISOR, Role.MAINTAINER])
def test_only_chair_and_secretary_decide(secretary, role):
    sentence = change(an_applicant(on=MONDAY), admitted_on=MONDAY, decided_by=a_user(role))
    assert "an application is decided by one of: chair, secretary" in sentence


def test_a_decision_outlives_the_office_of_who_took_it(secretary, chair):
    member = a_member(by=chair, on=MONDAY)
    chair.role = Role.MEMBER
    chair.save()
    member.address = "Pindah"
    member.save()


def test_nik_stands_once_among_those_who_are_or_may_become_members(secretary):
    a_member(nik="3471081708800001")
    other = an_applicant("Budi")
    assert change(other, nik="3471081708800001") == "members_member_nik_once"


def test_number_is_given_once_and_stays(secretary):
    first, second = a_member("A"), a_member("B")
    assert "members_member_number_key" in refused_by(
        Member.objects.create, name="C", number=1, applied_on=MONDAY, admitted_on=MONDAY, entered_on=MONDAY,
        decided_by=secretary,
    )  # fmt: skip
    assert "Cannot update rows from members_member table" in change(second, number=7)
    assert "Cannot update rows from members_member table" in change(first, entered_on=TUESDAY)


@pytest.mark.parametrize("model", [Member, Business, WorkerCount, Partner])
def test_rows_are_never_deleted(secretary, model):
    business = a_business(a_member())
    WorkerCount.objects.create(business=business, counted_on=MONDAY, family=1, hired=0)
    a_partner()
    row = model.objects.get()
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "members_business_has_a_name"),
        ({"products": []}, "members_business_makes_something"),
        ({"products": ["cars"]}, "members_business_products_known"),
        ({"rt": "5"}, "members_business_rt_has_3_digits"),
        ({"rw": "13"}, "members_business_rw_has_3_digits"),
        ({"since_year": 1850}, "members_business_since_a_real_year"),
    ],
)
def test_a_business_refuses(secretary, values, constraint):
    assert change(a_business(a_member()), **values) == constraint


def test_a_member_has_one_business(secretary):
    member = a_member()
    a_business(member)
    key = refused_by(Business.objects.create, member=member, name="Kedua", address="x", products=["bags"])
    assert key == "members_business_member_id_key"


def test_workers_are_counted_once_a_day_and_somebody_works(secretary):
    business = a_business(a_member())
    WorkerCount.objects.create(business=business, counted_on=MONDAY, family=1, hired=0)
    count = WorkerCount.objects.create
    assert refused_by(count, business=business, counted_on=MONDAY, family=2, hired=0) == "members_workercount_one_a_day"
    nobody = refused_by(count, business=business, counted_on=TUESDAY, family=0, hired=0)
    assert nobody == "members_workercount_somebody_works"


def test_a_skill_has_a_name_once_whatever_its_capitals(secretary):
    Skill.objects.create(name="Emboss")
    assert refused_by(Skill.objects.create, name="emboss") == "members_skill_name_once"
    assert refused_by(Skill.objects.create, name="") == "members_skill_has_a_name"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "members_partner_has_a_name"),
        ({"kind": "friend"}, "members_partner_kind_known"),
        ({"market": "moon"}, "members_partner_market_known"),
        ({"market": ""}, "members_partner_buyer_has_market"),
        ({"phone": "0274"}, "members_partner_phone_with_country"),
    ],
)
def test_a_partner_refuses(secretary, values, constraint):
    assert change(a_partner(), **values) == constraint


def test_a_partner_has_a_name_once_whatever_its_capitals(secretary):
    a_partner("Toko Batik")
    assert change(a_partner("Lain"), name="TOKO BATIK") == "members_partner_name_once"


def test_every_constraint_of_the_register_is_tried_here():
    """A constraint nobody tried to break is a constraint nobody knows to hold."""
    tried = Path(__file__).read_text()
    models = (Member, Business, WorkerCount, Skill, Partner)
    names = [constraint.name for model in models for constraint in model._meta.constraints]
    assert [name for name in names if name not in tried] == []
