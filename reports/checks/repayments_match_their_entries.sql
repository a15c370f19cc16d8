-- Every repayment of a loan has the same principal, interest and penalty in the ledger, and its receipt or its line in the passbook.
SELECT repayment.id AS repayment, loan.number, parts.principal, booked.principal AS booked_principal, parts.interest,
    booked.interest AS booked_interest, parts.penalty, booked.penalty AS booked_penalty
FROM loans_repayment AS repayment
JOIN loans_loan AS loan ON loan.id = repayment.loan_id
LEFT JOIN ledger_receipt AS receipt ON receipt.id = repayment.receipt_id
LEFT JOIN ledger_receiptpart AS part ON part.receipt_id = receipt.id AND part.entry_id = repayment.entry_id
LEFT JOIN savings_movement AS movement ON movement.id = repayment.savings_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(principal), 0)::bigint AS principal, coalesce(sum(interest), 0)::bigint AS interest,
        coalesce(sum(penalty), 0)::bigint AS penalty, coalesce(sum(fee), 0)::bigint AS fee
    FROM loans_repaymentpart
    WHERE repayment_id = repayment.id
) AS parts
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '1201'), 0)::bigint AS principal,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '4101'), 0)::bigint AS interest,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '4102'), 0)::bigint AS penalty,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '4103'), 0)::bigint AS fee
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE (line.entry_id, line.date) IN (
        SELECT step.entry_id, step.paid_on
        FROM loans_repayment AS step
        WHERE step.id = coalesce(repayment.replays_id, repayment.id)
            OR (step.replays_id = repayment.replays_id AND step.id <= repayment.id)
    )
) AS booked
WHERE repayment.paid_on <= %(as_of)s
    AND ((parts.principal, parts.interest, parts.fee, parts.penalty)
            <> (booked.principal, booked.interest, booked.fee, booked.penalty)
        OR coalesce(part.amount, receipt.amount) <> repayment.amount
        OR receipt.member_id <> loan.member_id
        OR (repayment.replays_id IS NULL AND repayment.through IN ('cash', 'bank') AND receipt.id IS NULL)
        OR (movement.amount, movement."on", movement.member_id, movement.direction, movement.kind)
            <> (repayment.amount, repayment.paid_on, loan.member_id, 'withdrawal', 'voluntary')
        OR (repayment.replays_id IS NULL AND repayment.through = 'savings' AND movement.id IS NULL))
ORDER BY repayment.id
