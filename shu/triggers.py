"""What the database refuses: changes to figures that were put before the members."""

import pgtrigger

FIGURES_STAY = pgtrigger.ReadOnly(
    name="figures_stay", fields=["year", "rules", "result_usp", "result_umum", "proposed_on", "proposed_by"]
)

PART_STAYS = pgtrigger.ReadOnly(
    name="part_stays",
    fields=["distribution", "member", "capital", "business", "capital_part", "business_part"],
)

PAID_ONCE = pgtrigger.Trigger(
    name="paid_once",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.Condition("OLD.payment_id IS DISTINCT FROM NEW.payment_id"),
    timing=pgtrigger.Deferred,
    func="""
    -- The payment of a share is the one that stands, or none where none does.
    IF (SELECT share.payment_id FROM shu_share AS share WHERE share.id = NEW.id) IS DISTINCT FROM (
        SELECT payment.id FROM shu_sharepayment AS payment
        WHERE payment.share_id = NEW.id AND payment.reversed_on IS NULL
    ) THEN
        RAISE EXCEPTION 'shu_share: % is not paid by that', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shu_share_paid_once';
    END IF;
    RETURN NULL;
    """,
)

PAID_AS_RECORDED = pgtrigger.ReadOnly(
    name="paid_as_recorded", exclude=["reversed_on", "reversed_by", "reversal_reason"]
)

NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
