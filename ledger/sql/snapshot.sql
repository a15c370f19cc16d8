-- The snapshot of a month: per account what stood before it and what moved in it, one index range per account.
INSERT INTO ledger_periodbalance (period_id, account_id, opening, debit, credit)
SELECT
    period.id,
    account.id,
    coalesce(before.opening + before.debit - before.credit, 0),
    coalesce(moved.debit, 0),
    coalesce(moved.credit, 0)
FROM ledger_period AS period
JOIN ledger_account AS account ON account.unit = period.unit
LEFT JOIN ledger_period AS earlier
    ON earlier.unit = period.unit AND earlier.month = (period.month - interval '1 month')::date
LEFT JOIN ledger_periodbalance AS before ON before.period_id = earlier.id AND before.account_id = account.id
LEFT JOIN LATERAL (
    SELECT sum(line.debit) AS debit, sum(line.credit) AS credit
    FROM ledger_line AS line
    WHERE line.account_id = account.id
        AND line.date >= period.month
        AND line.date < (period.month + interval '1 month')::date
) AS moved ON true
WHERE period.id = %(period)s
