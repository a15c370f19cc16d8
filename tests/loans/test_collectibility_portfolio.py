"""Classes of real loans: the statement for all of them agrees with the arithmetic for one, row by row."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from core.dates import add_months
from governance.services import GovernanceRefused
from loans import queries, services
from loans.models import Assessment, CollectibilityRules
from loans.queries import arrears, position
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, a_product, class_rules, loan_rules
from tests.loans.collectibility import Debt, by_cooperative_scheme, by_days, days_scheme, provision, rates

pytestmark = pytest.mark.django_db

DAY = datetime.date(2025, 1, 12)


@pytest.fixture
def loans(house, treasurer, secretary):
    """Loans of every kind of period, some paid in part, one reversed, all from January 2025 on."""
    facts = {"mandatory_savings_paid": False, "no_arrears": False, "most_running_loans": 20}
    kinds = {
        "monthly": {"period": "month", "every": 1},
        "quarterly": {"period": "month", "every": 3},
        "five": {"period": "month", "every": 5},
        "yearly": {"period": "month", "every": 12},
        "weekly": {"period": "week", "every": 1},
        "once": {"period": "month", "every": 1},
    }
    found = []
    for index, (code, period) in enumerate(kinds.items()):
        rules = loan_rules(by=secretary, product=a_product(code, code, by=secretary), **facts, **period)
        member = a_member_in(f"Anggota {code}", by=treasurer)
        number = 1 if code == "once" else 4
        for paid in (0, 130_000 if number == 4 else 1_000, 400_000 if number == 4 else 2_000):
            day = datetime.date(2025, 1, 28 + index % 3)
            loan = a_disbursed_loan(member, by=treasurer, rules=rules, principal=1_000_000, instalments=number, on=day)
            if paid:
                services.repay(loan, amount=paid, on=add_months(day, 1), by=treasurer)
            found.append(loan)
    for index, loan in enumerate(found):
        if index % 5 < 3:
            pledge = {"kind": "machine", "description": "Mesin", "value_estimated": 1_500_000}
            thing = services.pledge(loan, on=datetime.date(2025, 3, 1), by=treasurer, **pledge)
            counted = (720_000, 960_000, 1_300_000)[index % 3]
            services.value_collateral(thing, value_counted=counted, on=datetime.date(2025, 6, 1), by=treasurer)
        if index % 4 == 3:
            Assessment.objects.create(
                loan=loan,
                on=datetime.date(2025, 9, 1),
                rescuable=bool(index % 8 == 3),
                in_court=index == 7,
                reason="Dibicarakan di rapat.",
                by=treasurer,
            )
    return found


def expected(loan, rules, as_of):
    """The class by the pure functions, from the position of the one loan."""
    standing = position(loan, as_of=as_of)
    principal = [row.due_on for row in standing.rows if row.due_on < as_of and row.owed_principal]
    interest = [row.due_on for row in standing.rows if row.due_on < as_of and row.owed_interest]
    late = min(principal + interest, default=None)
    if rules.scheme == "days":
        cls = by_days((as_of - late).days if late else 0, days_scheme(rules))
    else:
        judged = loan.assessments.filter(on__lte=as_of).order_by("on", "pk").last()
        debt = Debt(
            period_months=None if len(standing.rows) == 1 else loan.rules.every if loan.rules.period == "month" else 0,
            principal_since=min(principal, default=None),
            interest_since=min(interest, default=None),
            owed=standing.principal + sum(row.owed_interest for row in standing.rows if row.due_on < as_of),
            collateral=sum(thing.value_counted for thing in loan.collaterals.filter(counted_on__lte=as_of)),
            rescuable=judged.rescuable if judged else True,
            in_court=judged.in_court if judged else False,
        )
        cls = by_cooperative_scheme(debt, rules.cooperative_scheme, as_of=as_of)
    return cls.value, standing.principal, provision(standing.principal, cls, rates(rules))


@pytest.mark.parametrize("scheme", ["cooperative", "days"])
def test_the_statement_for_all_loans_agrees_with_the_arithmetic_for_one(loans, secretary, scheme):
    rules = class_rules(by=secretary, scheme=scheme)
    seen = set()
    days = [datetime.date(2025, 2, 28) + datetime.timedelta(days=step) for step in range(0, 1_000, 23)]
    days += [add_months(datetime.date(2025, 1, 28), months) for months in range(1, 14)]
    days += [day + datetime.timedelta(days=1) for day in days]
    for as_of in days:
        found = {
            row.loan_id: (row.cls.value, row.outstanding, row.provision) for row in queries.classed(rules, as_of=as_of)
        }
        assert found == {loan.pk: expected(loan, rules, as_of) for loan in loans}, as_of
        seen |= {cls for cls, *_rest in found.values()}
        sums = queries.portfolio(rules, as_of=as_of)
        assert sums.outstanding == sum(outstanding for _cls, outstanding, _set_aside in found.values())
        assert sums.provision == sum(set_aside for *_rest, set_aside in found.values())
    assert seen == {"current", "substandard", "doubtful", "loss"}


def test_the_ratios_of_real_loans_by_hand(house, sri, treasurer, secretary):
    """Two loans of 1,200,000 over 12 months: one pays, the other has paid nothing for 95 days on 18 May 2026."""
    rules = class_rules(by=secretary, scheme="days")
    budi = a_member_in("Budi", by=treasurer)
    paying = a_disbursed_loan(sri, by=treasurer)
    a_disbursed_loan(budi, by=treasurer)
    for month in (2, 3, 4, 5):
        services.repay(paying, amount=118_000, on=datetime.date(2026, month, 12), by=treasurer)
    as_of = datetime.date(2026, 5, 18)  # budi: due 12 February, 95 days
    sums = queries.portfolio(rules, as_of=as_of)
    # 800,000 current, 1,200,000 substandard: 0.5 % and 10 % set aside
    assert [(row.loans, row.outstanding, row.provision) for row in sums.classes] == [
        (1, 800_000, 4_000),
        (1, 1_200_000, 120_000),
        (0, 0, 0),
        (0, 0, 0),
    ]
    assert sums.non_performing_ratio * 100 == 60
    assert sums.risk_ratio * 100 == 30  # half of 60 %
    assert [(days, amount, ratio * 100) for days, amount, ratio in sums.at_risk] == [
        (30, 1_200_000, 60),
        (60, 1_200_000, 60),
        (90, 1_200_000, 60),
    ]
    assert sums.score[0] == "brick"
    assert [row.days for row in arrears(as_of=as_of)] == [95]


def test_classes_take_one_query_whatever_there_is(loans, secretary, django_assert_num_queries):
    rules = class_rules(by=secretary)
    with django_assert_num_queries(1):
        queries.classed(rules, as_of=DAY.replace(year=2026))
    with django_assert_num_queries(1):
        queries.portfolio(rules, as_of=DAY.replace(year=2026))


def test_without_loans_every_ratio_is_nothing(house, secretary):
    sums = queries.portfolio(class_rules(by=secretary), as_of=DAY)
    assert (sums.outstanding, sums.non_performing_ratio, sums.risk_ratio, sums.score[0]) == (0, 0, 0, "leaf")


@pytest.mark.parametrize(
    "values",
    [
        {"substandard_until": 90},
        {"doubtful_until": 120},
        {"substandard_bp": 40},
        {"loss_bp": 4_999},
        {"loss_bp": 10_001},
        {"doubtful_months": 0},
    ],
)
def test_limits_and_percentages_rise_or_the_rules_are_refused(house, secretary, values):
    with pytest.raises(GovernanceRefused):
        class_rules(by=secretary, **values)
    good = class_rules(by=secretary)
    facts = {f.name: getattr(good, f.name) for f in good._meta.fields if f.name not in ("id", "in_force_from")}
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectibilityRules.objects.create(**facts | {"in_force_from": DAY.replace(year=2026)} | values)


def test_a_judgement_is_never_rewritten(loans):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Assessment.objects.update(rescuable=False)


def test_by_the_daily_method_interest_that_never_grew_is_not_late(house, sri, treasurer, secretary):
    """Half the principal is paid ahead, so the interest of the plan is not asked for: nothing is late."""
    class_rules(by=secretary, scheme="days")
    rules = loan_rules(
        by=secretary, product=a_product("harian", "Harian", by=secretary), method="daily", day_count="actual/365"
    )
    loan = a_disbursed_loan(sri, by=treasurer, rules=rules)
    for month in (2, 3):
        on = datetime.date(2026, month, 12)
        services.repay(loan, amount=position(loan, as_of=on).due + 300_000, on=on, by=treasurer)
    as_of = datetime.date(2026, 3, 20)
    [found] = queries.classed(CollectibilityRules.objects.current(as_of), as_of=as_of)
    assert arrears(as_of=as_of) == []
    assert (found.days, found.overdue, found.cls) == (0, 0, "current")
