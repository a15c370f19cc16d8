-- What was reversed in a joint purchase is undone whole: in the ledger, in the savings and in every stock.
SELECT 'step' AS what, step.id, step.entry_id AS entry, step.reversed_on
FROM stock_jointstep AS step
LEFT JOIN ledger_entry AS undone ON undone.reverses_id = step.entry_id
WHERE step.entry_id IS NOT NULL
    AND coalesce(step.reversed_on, undone.date) <= %(as_of)s
    AND step.reversed_on IS DISTINCT FROM undone.date
UNION ALL
SELECT 'payment', payment.id, payment.entry_id, payment.reversed_on
FROM stock_jointpayment AS payment
LEFT JOIN ledger_entry AS undone ON undone.reverses_id = payment.entry_id
LEFT JOIN savings_movement AS put_back ON put_back.reverses_id = payment.savings_id
WHERE coalesce(payment.reversed_on, undone.date) <= %(as_of)s
    AND (
        payment.reversed_on IS DISTINCT FROM undone.date
        OR payment.savings_id IS NOT NULL AND payment.reversed_on IS DISTINCT FROM put_back."on"
    )
UNION ALL
SELECT 'share', share.id, step.entry_id, step.reversed_on
FROM stock_jointshare AS share
JOIN stock_jointstep AS step ON step.id = share.step_id
JOIN stock_stockmovement AS got ON got.id = share.movement_id
LEFT JOIN stock_stockmovement AS back ON back.id = share.taken_back_id
WHERE coalesce(step.reversed_on, back."on") <= %(as_of)s
    AND (step.reversed_on, -got.quantity, got.member_id, got.item_id)
        IS DISTINCT FROM (back."on", back.quantity, back.member_id, back.item_id)
ORDER BY 1, 2
