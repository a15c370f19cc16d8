-- New terms repay what was owed before, the interest that became principal and the new money, as the ledger has it.
SELECT loan.number, restructuring.principal_before, restructuring.interest_carried, restructuring.added,
    restructuring.principal_after, scheduled.principal AS scheduled, booked.receivable
FROM loans_restructuring AS restructuring
JOIN loans_loan AS loan ON loan.id = restructuring.loan_id
JOIN loans_scheduleversion AS version ON version.id = restructuring.version_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(principal), 0)::bigint AS principal
    FROM loans_instalment
    WHERE loans_instalment.loan_id = loan.id AND loans_instalment.version = version.version
) AS scheduled
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.debit) FILTER (WHERE account.code = '1201' AND line.member_id = loan.member_id), 0)::bigint
        AS receivable
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = restructuring.entry_id AND line.date = restructuring.done_on
) AS booked
WHERE restructuring.done_on <= %(as_of)s
    AND (version.in_force_from <> restructuring.done_on
        OR scheduled.principal <> restructuring.principal_after
        OR booked.receivable <> restructuring.interest_carried + restructuring.added)
ORDER BY loan.number
