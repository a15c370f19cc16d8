"""Products, rules and loans for tests, made through the services."""

import datetime

from core.models import User
from core.permissions import Role
from governance.models import Decision
from governance.services import put_in_force
from loans import services
from loans.models import CollectibilityRules, Loan, LoanProduct, LoanRules, RestructuringRules
from tests.builders import a_decision, a_user

RULES_DAY = datetime.date(2025, 1, 12)
DAY = datetime.date(2026, 1, 12)

VALUES = {
    "method": "flat",
    "rate_bp": 150,
    "rate_per": "month",
    "most_instalments": 24,
    "least_amount": 100_000,
    "most_amount": 10_000_000,
    "mandatory_savings_paid": False,
}


def a_product(code="modal", name="Modal kerja", *, by) -> LoanProduct:
    return LoanProduct.objects.filter(code=code).first() or services.add_product(code=code, name=name, by=by)


def loan_rules(*, by, product=None, on=RULES_DAY, **values) -> LoanRules:
    """1.5 % flat a month, up to 10,000,000 over 24 months, no fees and no penalty unless `values` say so."""
    return put_in_force(
        LoanRules,
        product=product or a_product(by=by),
        in_force_from=on,
        decided_in=a_decision(by=by, on=on, number=f"LN-{Decision.objects.count() + 1}"),
        on=on,
        by=by,
        **VALUES | values,
    )


def class_rules(*, by, on=RULES_DAY, scheme="cooperative", **values) -> CollectibilityRules:
    """0.5, 10, 50 and 100 % set aside by class; a loss after 21 months, or by days 90, 120, 180."""
    values = {"doubtful_months": 21, "current_until": 90, "substandard_until": 120, "doubtful_until": 180} | values
    percent = {"current_bp": 50, "substandard_bp": 1_000, "doubtful_bp": 5_000, "loss_bp": 10_000}
    return put_in_force(
        CollectibilityRules,
        in_force_from=on,
        decided_in=a_decision(by=by, on=on, number=f"KL-{Decision.objects.count() + 1}"),
        on=on,
        by=by,
        scheme=scheme,
        **percent | values,
    )


def restructuring_rules(*, by, on=RULES_DAY, most_times=2, top_up_paid_bp=5_000) -> RestructuringRules:
    """Twice at most; new money once half of the loan is paid back."""
    return put_in_force(
        RestructuringRules,
        in_force_from=on,
        decided_in=a_decision(by=by, on=on, number=f"RS-{Decision.objects.count() + 1}"),
        on=on,
        by=by,
        most_times=most_times,
        top_up_paid_bp=top_up_paid_bp,
    )


def an_application(
    member, *, by, rules=None, principal=1_200_000, instalments=12, on=DAY, purpose="Kulit", **facts
) -> Loan:
    rules = rules or LoanRules.objects.order_by("pk").last()
    return services.apply(
        member,
        product=rules.product,
        principal=principal,
        instalments=instalments,
        purpose=purpose,
        on=on,
        by=by,
        **facts,
    )


def an_approver():
    """An officer who neither writes applications nor pays out in these tests."""

    return User.objects.filter(username="penyetuju").first() or a_user(Role.CHAIR, username="penyetuju")


def an_approved_loan(member, *, by, on=DAY, **facts) -> Loan:
    loan = an_application(member, by=by, on=on, **facts)
    return services.approve(loan, on=on, by=an_approver())


def a_disbursed_loan(member, *, by, on=DAY, first_due_on=None, **facts) -> Loan:
    """`by` writes it down and pays it out; somebody else approves."""
    loan = an_approved_loan(member, by=by, on=on, **facts)
    return services.disburse(loan, on=on, by=by, first_due_on=first_due_on)
