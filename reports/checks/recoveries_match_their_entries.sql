-- What comes in for a written-off loan stands in the ledger as income and on its receipt, and never exceeds the claim.
SELECT recovery.id AS recovery, loan.number, recovery.amount, booked.amount AS booked, receipt.amount AS receipt, NULL::bigint AS claim
FROM loans_recovery AS recovery
JOIN loans_loan AS loan ON loan.id = recovery.loan_id
LEFT JOIN ledger_receipt AS receipt ON receipt.id = recovery.receipt_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.credit) FILTER (WHERE account.code = '4105' AND line.member_id = loan.member_id), 0)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = recovery.entry_id AND line.date = recovery.received_on
) AS booked
WHERE recovery.received_on <= %(as_of)s
    AND (booked.amount <> recovery.amount OR receipt.amount <> recovery.amount OR receipt.member_id <> loan.member_id)
UNION ALL
SELECT NULL, loan.number, came_in.amount, NULL, NULL, claimed.amount
FROM loans_loan AS loan
CROSS JOIN LATERAL (
    SELECT coalesce(sum(recovery.amount), 0)::bigint AS amount
    FROM loans_recovery AS recovery
    WHERE recovery.loan_id = loan.id AND recovery.received_on <= %(as_of)s
        AND (recovery.reversed_on IS NULL OR recovery.reversed_on > %(as_of)s)
) AS came_in
CROSS JOIN LATERAL (
    SELECT coalesce(sum(write_off.claim) FILTER (WHERE write_off.kind = 'books'), 0)::bigint AS amount
    FROM loans_writeoff AS write_off
    WHERE write_off.loan_id = loan.id AND write_off.done_on <= %(as_of)s
) AS claimed
WHERE loan.written_off_on <= %(as_of)s AND came_in.amount > claimed.amount
