"""What the database refuses across rows: whoever decides on a loan is neither its borrower nor its writer, and

whoever pays it out did not decide. The services say it in a sentence first; this is for writing around them.
"""

from functools import reduce
from operator import or_

import pgtrigger

from core.models import REFUSE
from governance.triggers import within_the_law

APPROVER_IS_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="somebody_else",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
        WHERE loan.id = NEW.loan_id AND NEW.by_id IN (member.user_id, loan.applied_by_id)
    ) THEN
        {REFUSE.format(message="nobody decides on a loan of their own", name="loans_loanapproval_somebody_else")}
    END IF;
    RETURN NEW;
    """,
)

FOUR_EYES = pgtrigger.Trigger(
    name="four_eyes",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__disbursed_by__isnull=False),
    func=f"""
    IF NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id)
    OR EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND by_id = NEW.disbursed_by_id)
    OR EXISTS (SELECT FROM members_member WHERE id = NEW.member_id AND user_id = NEW.disbursed_by_id)
    THEN
        {REFUSE.format(message="a loan is paid out by somebody who did not decide on it", name="loans_loan_four_eyes")}
    END IF;
    RETURN NEW;
    """,
)

GUARANTOR_IS_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="somebody_else",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (SELECT FROM loans_loan WHERE id = NEW.loan_id AND member_id = NEW.member_id) THEN
        {REFUSE.format(message="nobody guarantees their own loan", name="loans_guarantor_somebody_else")}
    END IF;
    RETURN NEW;
    """,
)

TERMS_STAY = pgtrigger.ReadOnly(
    name="terms_stay",
    fields=["number", "member", "rules", "principal", "instalments", "purpose", "applied_on", "applied_by"],
)
"""What was applied for is not changed afterwards; a different loan is a different application."""

PAYMENT_STAYS = pgtrigger.ReadOnly(
    name="payment_stays", fields=["loan", "paid_on", "valued_on", "amount", "through", "received_by", "replays"]
)
"""A payment is reversed, never rewritten."""

PLEDGE_STAYS = pgtrigger.ReadOnly(
    name="pledge_stays",
    fields=["loan", "kind", "description", "value_estimated", "paper", "block", "added_on", "added_by"],
)
"""What was pledged is not exchanged afterwards; other collateral is another row."""

VALUED_BY_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="valued_by_somebody_else",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__counted_by__isnull=False) | pgtrigger.Q(new__returned_by__isnull=False),
    func=f"""
    IF EXISTS (
        SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
        WHERE loan.id = NEW.loan_id AND member.user_id IN (NEW.counted_by_id, NEW.returned_by_id)
    ) THEN
        {REFUSE.format(message="nobody values or takes back their own collateral", name="loans_collateral_four_eyes")}
    END IF;
    RETURN NEW;
    """,
)

SURVEYED_BY_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="surveyed_by_somebody_else",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
        WHERE loan.id = NEW.loan_id AND member.user_id = NEW.by_id
    ) THEN
        {REFUSE.format(message="nobody surveys their own application", name="loans_surveynote_somebody_else")}
    END IF;
    RETURN NEW;
    """,
)

APPROVED_BY_ENOUGH = pgtrigger.Trigger(
    name="approved_by_enough",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__approved_on__isnull=False) & pgtrigger.Q(old__approved_on__isnull=True),
    func=f"""
    IF NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND organ = 'board')
    OR EXISTS (
        SELECT FROM governance_office office
        WHERE office.member_id = NEW.member_id
            AND office.started_on <= NEW.approved_on AND office.ends_on > NEW.approved_on
            AND NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND organ = 'supervisors')
            AND NOT EXISTS (
                SELECT FROM ledger_entry WHERE id = NEW.entry_id AND reference = 'loan:' || NEW.id || ':carried'
            )
    )
    THEN
        {REFUSE.format(message="the board and, of an officer, the supervisors agree", name="loans_loan_approved")}
    END IF;
    RETURN NEW;
    """,
)
"""Related parties: board and supervisors together (Permenkop UKM 8/2023 art. 42 to 44).

What was lent before these books began was decided elsewhere.
"""

GIVEN_UP_BY_OTHERS = pgtrigger.Trigger(
    name="given_up_by_others",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
        WHERE loan.id = NEW.loan_id AND member.user_id IN (NEW.proposed_by_id, NEW.done_by_id)
    ) THEN
        {REFUSE.format(message="nobody gives up a claim on themselves", name="loans_writeoff_four_eyes")}
    END IF;
    IF NEW.kind = 'claim' AND NOT EXISTS (
        SELECT FROM governance_decision
        WHERE id = NEW.decision_id AND organ IN ('members_meeting', 'annual_meeting')
    ) THEN
        {REFUSE.format(message="only the members give a claim up", name="loans_writeoff_members_decide")}
    END IF;
    RETURN NEW;
    """,
)

GIVEN_UP_STAYS = pgtrigger.ReadOnly(
    name="given_up_stays", fields=["loan", "kind", "decision", "reason", "proposed_on", "proposed_by"]
)
"""A proposal is carried out or dropped, never rewritten."""

RECOVERED_FROM_WRITTEN_OFF = pgtrigger.Trigger(
    name="from_written_off",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF NOT EXISTS (
        SELECT FROM loans_loan
        WHERE id = NEW.loan_id AND written_off_on <= NEW.received_on
            AND (forgiven_on IS NULL OR forgiven_on >= NEW.received_on)
    ) THEN
        {REFUSE.format(message="only a loan that is written off is recovered", name="loans_recovery_of_written_off")}
    END IF;
    RETURN NEW;
    """,
)

RECOVERY_STAYS = pgtrigger.ReadOnly(
    name="recovery_stays", fields=["loan", "received_on", "amount", "through", "received_by"]
)

WRITTEN_OFF_STAYS = pgtrigger.Trigger(
    name="written_off_stays",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__written_off_on__isnull=False),
    func=f"""
    IF NEW.written_off_on IS DISTINCT FROM OLD.written_off_on
    OR NEW.schedule_version <> OLD.schedule_version
    OR (OLD.forgiven_on IS NOT NULL AND NEW.forgiven_on IS DISTINCT FROM OLD.forgiven_on)
    THEN
        {REFUSE.format(message="a loan that is written off is never reopened", name="loans_loan_written_off_stays")}
    END IF;
    RETURN NEW;
    """,
)

RATE_WITHIN_THE_LAW = within_the_law(
    "NEW.rate_bp * CASE NEW.rate_per WHEN 'month' THEN 12 ELSE 1 END > {ceiling}",
    ceiling="loan_rate_bp",
    default=2400,
    on="NEW.in_force_from",
    name="loans_loanrules_rate_within_the_law",
    message="a loan costs more than the law allows",
)

RELATED_WITHIN_THE_LAW = within_the_law(
    "NEW.ceiling_bp > {ceiling}",
    ceiling="related_loans_bp",
    default=1000,
    on="NEW.in_force_from",
    name="loans_relatedloanrules_within_the_law",
    message="related parties would owe more of own capital than the law allows",
)

RESTRUCTURED_BY_OTHERS = pgtrigger.Trigger(
    name="restructured_by_others",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__done_by__isnull=False),
    func=f"""
    IF NOT EXISTS (SELECT FROM loans_restructuringapproval WHERE restructuring_id = NEW.id)
    OR EXISTS (SELECT FROM loans_restructuringapproval WHERE restructuring_id = NEW.id AND by_id = NEW.done_by_id)
    OR EXISTS (
        SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
        WHERE loan.id = NEW.loan_id AND member.user_id = NEW.done_by_id
    ) THEN
        {
        REFUSE.format(
            message="new terms are carried out by somebody who did not agree to them",
            name="loans_restructuring_four_eyes",
        )
    }
    END IF;
    RETURN NEW;
    """,
)

RESTRUCTURING_STAYS = pgtrigger.ReadOnly(
    name="restructuring_stays",
    fields=[
        "loan",
        "kind",
        "reason",
        "instalments",
        "first_due_on",
        "rate_bp",
        "principal_grace",
        "waives_penalty",
        "added",
        "decision",
        "proposed_on",
        "proposed_by",
    ],
)
"""What was agreed to is what is carried out; other terms are another proposal."""

RESTRUCTURING_APPROVED_BY_OTHERS = pgtrigger.Trigger(
    name="somebody_else",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM loans_restructuring restructuring
        JOIN loans_loan loan ON loan.id = restructuring.loan_id
        JOIN members_member member ON member.id = loan.member_id
        WHERE restructuring.id = NEW.restructuring_id AND NEW.by_id IN (member.user_id, restructuring.proposed_by_id)
    ) THEN
        {
        REFUSE.format(
            message="nobody agrees to new terms of their own or to their own proposal",
            name="loans_restructuringapproval_somebody_else",
        )
    }
    END IF;
    RETURN NEW;
    """,
)

MORE_WITH_GUARANTORS = pgtrigger.Trigger(
    name="more_with_guarantors",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__done_by__isnull=False),
    func=f"""
    IF (NEW.added > 0 OR NEW.interest_carried > 0) AND (
        SELECT count(*) FROM loans_renewedguarantee WHERE restructuring_id = NEW.id AND consented_on <= NEW.done_on
    ) < (
        SELECT rules.guarantors_needed FROM loans_loan loan JOIN loans_loanrules rules ON rules.id = loan.rules_id
        WHERE loan.id = NEW.loan_id
    ) THEN
        {REFUSE.format(message="guarantors agree to the higher sum", name="loans_restructuring_guaranteed")}
    END IF;
    RETURN NEW;
    """,
)

STANDS_FOR_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="somebody_else",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM loans_restructuring restructuring JOIN loans_loan loan ON loan.id = restructuring.loan_id
        WHERE restructuring.id = NEW.restructuring_id AND loan.member_id = NEW.member_id
    ) THEN
        {REFUSE.format(message="nobody guarantees their own loan", name="loans_renewedguarantee_somebody_else")}
    END IF;
    RETURN NEW;
    """,
)

RENEWED_GUARANTEE_STAYS = pgtrigger.ReadOnly(
    name="asked_stays", fields=["restructuring", "member", "amount", "asked_on"]
)
"""Nobody's promise grows by itself: another share is another question."""

DEPARTS_BY_OTHERS = pgtrigger.Trigger(
    name="departs_by_others",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM members_member
        WHERE id = NEW.member_id AND user_id IN (NEW.proposed_by_id, NEW.approved_by_id, NEW.paid_by_id)
    ) THEN
        {REFUSE.format(message="nobody ends and pays a membership of their own", name="loans_departure_four_eyes")}
    END IF;
    RETURN NEW;
    """,
)

DEPARTURE_STAYS = pgtrigger.Trigger(
    name="departure_stays",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    IF (NEW.member_id, NEW.kind, NEW.reason, NEW.decision_id, NEW.heir_name, NEW.heir_relation, NEW.heir_paper_id,
        NEW.died_on, NEW.requested_on, NEW.proposed_by_id)
        IS DISTINCT FROM (OLD.member_id, OLD.kind, OLD.reason, OLD.decision_id, OLD.heir_name, OLD.heir_relation,
        OLD.heir_paper_id, OLD.died_on, OLD.requested_on, OLD.proposed_by_id)
    OR (OLD.approved_on IS NOT NULL AND (NEW.approved_on, NEW.approved_by_id, NEW.principal, NEW.mandatory,
        NEW.voluntary, NEW.shu, NEW.owed, NEW.set_off, NEW.to_pay, NEW.pay_by, NEW.entry_id)
        IS DISTINCT FROM (OLD.approved_on, OLD.approved_by_id, OLD.principal, OLD.mandatory, OLD.voluntary, OLD.shu,
        OLD.owed, OLD.set_off, OLD.to_pay, OLD.pay_by, OLD.entry_id))
    OR OLD.dropped_on IS NOT NULL OR OLD.paid_on IS NOT NULL
    THEN
        {
        REFUSE.format(
            message="a departure is agreed to, dropped or paid, never rewritten", name="loans_departure_stays"
        )
    }
    END IF;
    RETURN NEW;
    """,
)
"""What was proposed is what is agreed to, and what was agreed to is what is paid."""

UNPAID_IS_WORKED_OUT = pgtrigger.Trigger(
    name="worked_out",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
    func=REFUSE.format(message="what is unpaid follows from schedules and payments", name="loans_unpaid_worked_out"),
)
"""Only the triggers below write it, through loans_keep_unpaid."""


def _keeps_unpaid(*operations, of_loans: str, **facts) -> pgtrigger.Trigger:
    """What is unpaid of the loans that a statement touched is worked out anew."""
    return pgtrigger.Trigger(
        name="keeps_unpaid",
        operation=reduce(or_, operations),
        when=pgtrigger.After,
        func=f"PERFORM loans_keep_unpaid({of_loans}); RETURN NULL;",
        **facts,
    )


LOAN_KEEPS_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    pgtrigger.UpdateOf("disbursed_on", "settled_on", "written_off_on"),
    condition=pgtrigger.Q(new__disbursed_on__isnull=False),
    of_loans="ARRAY[NEW.id]",
)
OF_A_LOAN = [TERMS_STAY, FOUR_EYES, APPROVED_BY_ENOUGH, WRITTEN_OFF_STAYS, LOAN_KEEPS_UNPAID]
VERSION_KEEPS_UNPAID = _keeps_unpaid(pgtrigger.Insert, of_loans="ARRAY[NEW.loan_id]")
INSTALMENTS_KEEP_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="written"),
    of_loans="ARRAY(SELECT DISTINCT loan_id FROM written)",
)
REVERSAL_KEEPS_UNPAID = _keeps_unpaid(pgtrigger.Update, of_loans="ARRAY[NEW.loan_id]")
PARTS_KEEP_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="written"),
    of_loans="ARRAY(SELECT DISTINCT repayment.loan_id FROM written JOIN loans_repayment AS repayment"
    " ON repayment.id = written.repayment_id)",
)
