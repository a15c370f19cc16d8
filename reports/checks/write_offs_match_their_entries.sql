-- A written-off loan has left the receivables with all its principal, from the allowance and the expense.
SELECT loan.number, write_off.principal, booked.receivable, write_off.from_allowance, booked.allowance, booked.expense
FROM loans_writeoff AS write_off
JOIN loans_loan AS loan ON loan.id = write_off.loan_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.credit) FILTER (WHERE account.code = '1201' AND line.member_id = loan.member_id), 0)::bigint
            AS receivable,
        coalesce(sum(line.debit) FILTER (WHERE account.code = '1209'), 0)::bigint AS allowance,
        coalesce(sum(line.debit) FILTER (WHERE account.code = '5102'), 0)::bigint AS expense
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = write_off.entry_id AND line.date = write_off.done_on
) AS booked
WHERE write_off.kind = 'books' AND write_off.done_on <= %(as_of)s
    AND (loan.written_off_on IS DISTINCT FROM write_off.done_on
        OR write_off.principal <> booked.receivable
        OR write_off.from_allowance <> booked.allowance
        OR write_off.principal - write_off.from_allowance <> booked.expense)
UNION ALL
SELECT loan.number, NULL, NULL, NULL, NULL, NULL
FROM loans_loan AS loan
WHERE loan.written_off_on <= %(as_of)s
    AND NOT EXISTS (SELECT FROM loans_writeoff WHERE loan_id = loan.id AND kind = 'books' AND done_on = loan.written_off_on)
