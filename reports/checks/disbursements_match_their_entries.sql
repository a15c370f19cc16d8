-- Every loan paid out stands in the ledger with its principal and its fees, and the receipt or the passbook has the rest.
SELECT loan.number, loan.principal, booked.principal AS booked_principal, loan.administration_fee + loan.provision AS fees,
    booked.fees AS booked_fees, coalesce(receipt.amount, movement.amount) AS handed_over
FROM loans_loan AS loan
LEFT JOIN ledger_entry AS entry ON entry.id = loan.entry_id
LEFT JOIN ledger_receipt AS receipt ON receipt.id = loan.receipt_id
LEFT JOIN savings_movement AS movement ON movement.id = loan.savings_id AND movement."on" = loan.disbursed_on
    AND movement.member_id = loan.member_id AND movement.direction = 'deposit'
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.debit) FILTER (WHERE account.code = '1201' AND line.member_id = loan.member_id), 0)::bigint
            AS principal,
        coalesce(sum(line.credit) FILTER (WHERE account.code IN ('4103', '4104')), 0)::bigint AS fees
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = loan.entry_id AND line.date = loan.disbursed_on
) AS booked
WHERE loan.disbursed_on <= %(as_of)s
    AND (loan.principal <> booked.principal
        OR loan.administration_fee + loan.provision <> booked.fees
        OR (coalesce(receipt.amount, movement.amount) IS DISTINCT FROM loan.principal - booked.fees
            AND coalesce(entry.reference, '') NOT LIKE 'loan:%%:carried'))
ORDER BY loan.number
