"""What loans answer to rooms below: personal data, arrears for the ladder, and what proposed rules would change."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import add_months, full_months
from core.money import format_number, format_percent, format_rupiah
from governance import queries as governance
from governance.agenda import Proposed
from governance.arrears import Due
from governance.effects import Effect
from governance.models import Case, DecisionKind, LegalCeilings, Office
from governance.queries.proposal import parts_of
from ledger.models import Entry
from loans import queries
from loans.arithmetic.collectibility import Class
from loans.models import CollectibilityRules, Guarantor, Loan, LoanRules
from members.models import Member
from members.personal_data import plain
from savings import queries as savings


def page_of_loan(entry: Entry) -> str:
    """The loan that an entry is about, where payments are reversed (`entries.loan`, `repayment`, `recovery`, …)."""
    word, pk, *_rest = entry.reference.split(":")
    found = Loan.objects.filter(**{NAMED_BY[word]: pk}).values_list("pk", flat=True).first()
    return reverse("loans:detail", args=[found]) if found else ""


def page_of_provision(entry: Entry) -> str:
    """The classes of the running loans, out of which the allowance was worked out (`entries.provision`)."""
    return reverse("loans:collectibility")


NAMED_BY = {"loan": "pk", "repayment": "repayments", "recovery": "recoveries", "restructuring": "restructurings"}
"""How the first word of a reference leads from what it names to the loan."""


def loans(member: Member) -> list[dict]:
    rows = Loan.objects.filter(member=member).select_related("rules__product").prefetch_related("repayments__receipt")
    return [
        plain(loan, "number", "purpose", "principal", "instalments", "applied_on", "disbursed_on", "settled_on")
        | {"product": str(loan.rules.product)}
        | {
            "repayments": [
                plain(paid, "paid_on", "amount", "through", "receipt", "reversed_on", "reversal_reason")
                for paid in sorted(loan.repayments.all(), key=lambda paid: (paid.paid_on, paid.pk))
            ]
        }
        for loan in rows.order_by("applied_on", "pk")
    ]


def guarantees(member: Member) -> list[dict]:
    rows = Guarantor.objects.filter(member=member).select_related("loan").order_by("pk")
    return [plain(row, "loan", "amount", "consented_on", "declined_on", "ended_on", "ending") for row in rows]


def owed(*, as_of: datetime.date, until: datetime.date) -> Iterator[Due]:
    """Every loan of which something is due on `as_of`, and those of which something will be by `until`. Two queries."""
    due = {row.loan_id: row for row in queries.due(as_of=as_of)}
    coming = {row.loan_id: row for row in queries.due(as_of=until)}
    for row in (coming | due).values():
        yield Due(
            member_id=row.member_id,
            subject=f"loan:{row.loan_id}",
            title=_("Instalment on loan {number}").format(number=row.number),
            amount=format_rupiah(row.due),
            due_on=row.first_due_on,
            url=reverse("loans:detail", args=[row.loan_id]),
            rupiah=row.due,
        )


def of_loan_rules(proposed: LoanRules, current: LoanRules | None, *, as_of: datetime.date) -> list[Effect]:
    """Loans of the product that these rules would no longer give, and members who could not borrow under them.

    A running loan keeps the rules it was applied for under; it is counted so that nobody is surprised by the next.
    """
    return _loans(proposed, as_of) + _members(proposed, current, as_of)


def _loans(proposed, as_of):
    outside = {
        "larger": Q(principal__gt=proposed.most_amount),
        "smaller": Q(principal__lt=proposed.least_amount),
        "longer": Q(instalments__gt=proposed.most_instalments),
        "shorter": Q(instalments__lt=proposed.least_instalments),
    }
    questions = {
        "larger": _("larger than {amount}").format(amount=format_rupiah(proposed.most_amount)),
        "smaller": _("smaller than {amount}").format(amount=format_rupiah(proposed.least_amount)),
        "longer": _("more than {count} instalments").format(count=proposed.most_instalments),
        "shorter": _("fewer than {count} instalments").format(count=proposed.least_instalments),
    }
    loans, found = Loan.objects.filter(rules__product=proposed.product), []
    for rows, name, note in (
        (loans.running(as_of=as_of), _("Running loans, {what}"), _("They keep the rules they were applied for under.")),
        (loans.waiting(), _("Applications that wait, {what}"), _("They too keep the rules of their day.")),
    ):
        counted = {name: Count("pk", filter=condition) for name, condition in outside.items()}
        counts = rows.aggregate(all=Count("pk"), **counted)
        found += [
            Effect(name.format(what=questions[key]), counts[key], counts["all"], note)
            for key in outside
            if counts[key] or key in ("larger", "longer")
        ]
    return found


def _tiers(rules):
    return parts_of(rules)["tiers"]


def _members(proposed, current, as_of):
    members = savings.with_balances(Member.objects.entered(as_of=as_of), as_of=as_of)
    rows = list(members.values_list("pk", "entered_on", "saved"))
    found = []
    for question, asks, outside in (
        (_("Members for too short a time"), lambda rules: rules.membership_months, _too_new),
        (_("Members whose savings do not carry the least amount"), lambda rules: rules.savings_multiple, _too_little),
        (_("Members who reach no tier"), _tiers, _no_tier),
        (_("Members who come to too few meetings"), lambda rules: rules.attendance_bp, _absent),
        (_("Members with an open case"), lambda rules: rules.no_open_case, _in_a_case),
    ):
        if not asks(proposed):
            continue
        count = outside(proposed, rows, as_of)
        now = outside(current, rows, as_of) if current is not None and asks(current) else 0
        note = _("now {count}").format(count=format_number(now)) if now != count else _("as now")
        found.append(Effect(question, count, len(rows), note))
    return found


def _too_new(rules, rows, as_of):
    return sum(add_months(entered, rules.membership_months) > as_of for _pk, entered, _saved in rows)


def _too_little(rules, rows, as_of):
    return sum(int(saved * rules.savings_multiple) < rules.least_amount for _pk, _entered, saved in rows)


def _no_tier(rules, rows, as_of):
    tiers = _tiers(rules)
    return sum(
        not any(tier.from_savings <= saved and tier.from_months <= full_months(entered, as_of) for tier in tiers)
        for _pk, entered, saved in rows
    )


def _absent(rules, rows, as_of):
    attended = governance.attendance_of_everybody(months=rules.attendance_months, as_of=as_of)
    return sum(pk in attended and not attended[pk].reaches(rules.attendance_bp) for pk, _entered, _saved in rows)


def _in_a_case(rules, rows, as_of):
    return Case.objects.open(as_of=as_of).values("member").distinct().count()


def of_ceilings(proposed: LegalCeilings, current: LegalCeilings, *, as_of: datetime.date) -> list[Effect]:
    """Rules in force and terms of office that the law would no longer allow; they need a version of their own."""
    in_force = queries.rules_in_force(on=as_of)
    beyond = [rules for rules in in_force if rules.rate_per_year_bp > proposed.loan_rate_bp]
    interest = savings.interest_rules(as_of)
    returns = [*filter(None, [interest]), *savings.terms_on_offer(as_of=as_of)]
    too_high = [rules for rules in returns if rules.rate_bp > proposed.savings_return_bp]
    offices = list(Office.objects.held(as_of=as_of))
    too_long = [
        office for office in offices if office.ends_on > add_months(office.started_on, proposed.office_years * 12)
    ]
    return [
        Effect(
            _("Kinds of loan that cost more than {percent} a year").format(
                percent=format_percent(proposed.loan_rate_bp)
            ),
            len(beyond),
            len(in_force),
            ", ".join(str(rules.product) for rules in beyond),
        ),
        Effect(
            _("Kinds of savings that return more than {percent} a year").format(
                percent=format_percent(proposed.savings_return_bp)
            ),
            len(too_high),
            len(returns),
            ", ".join(map(str, too_high)),
        ),
        Effect(
            _("Terms of office of more than {years} years").format(years=proposed.office_years),
            len(too_long),
            len(offices),
            ", ".join(f"{office.get_role_display()} {date_format(office.ends_on, 'j F Y')}" for office in too_long),
        ),
    ]


# -- what can be decided on ------------------------------------------------------------------------------------------


def for_the_agenda(*, kind: str, on: datetime.date) -> Iterator[Proposed]:
    """Loans that are lost by the rules in force: the members are asked whether to take them out of the books."""
    rules = CollectibilityRules.objects.current(on)
    lost = {row.loan_id for row in queries.classed(rules, as_of=on, only=Class.LOSS)} if rules else ()
    for loan in Loan.objects.filter(pk__in=lost, write_offs=None).order_by("number"):
        yield Proposed(
            kind=DecisionKind.WRITE_OFF,
            subject=loan,
            title=_("Write-off of loan {number}").format(number=loan.number),
            url=reverse("loans:detail", args=[loan.pk]),
        )


def to_give_up(as_of: datetime.date):
    """Loans that run, to be taken out of the books, and claims that are out of them, to be ended."""
    running = Q(disbursed_on__lte=as_of, settled_on=None, forgiven_on=None)
    return Loan.objects.filter(running).select_related("member").order_by("number")


def to_restructure(as_of: datetime.date):
    return to_give_up(as_of).filter(written_off_on=None)
