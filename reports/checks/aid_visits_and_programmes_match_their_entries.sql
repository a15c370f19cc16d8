-- What was given on visits, as aid and for programmes stands in the ledger, and what was reversed was reversed there.
-- As an expense or out of a fund, and as money that went out. It is marked as reversed exactly where its entries were.
WITH paid AS (
    SELECT 'visit' AS what, id, amount, '5401' AS expense, entry_id, fund_entry_id, reversed_on FROM activities_visit
    UNION ALL
    SELECT 'aid', id, CASE WHEN is_money THEN worth ELSE 0 END, '5402', entry_id, fund_entry_id, reversed_on
    FROM activities_aid
    UNION ALL
    SELECT 'programme', id, amount, '5203', entry_id, fund_entry_id, reversed_on FROM activities_programmeexpense
)
SELECT paid.what, paid.id, paid.amount, booked.spent, booked.money, paid.reversed_on
FROM paid
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(line.debit) FILTER (WHERE account.code IN (paid.expense, '2202', '2203')), 0)::bigint AS spent,
        coalesce(sum(line.credit) FILTER (WHERE account.code LIKE '11%%'), 0)::bigint AS money,
        count(DISTINCT line.entry_id) AS entries,
        count(DISTINCT reversal.reverses_id) AS reversed
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    LEFT JOIN ledger_entry AS reversal ON reversal.reverses_id = line.entry_id
    WHERE line.entry_id IN (paid.entry_id, paid.fund_entry_id) AND line.date <= %(as_of)s
) AS booked
LEFT JOIN ledger_entry AS entry ON entry.id = paid.entry_id
WHERE (paid.amount = 0 OR entry.date <= %(as_of)s)
    AND (
        (paid.amount, paid.amount) IS DISTINCT FROM (booked.spent, booked.money)
        OR booked.reversed <> CASE WHEN paid.reversed_on IS NULL THEN 0 ELSE booked.entries END
    )
ORDER BY paid.what, paid.id
