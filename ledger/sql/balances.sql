-- What each account of a unit holds at the end of a day (debit − credit): the last snapshot and the days since.
WITH snapshot AS (
    SELECT id, (month + interval '1 month')::date AS next_day
    FROM ledger_period
    WHERE unit = %(unit)s AND closed_on IS NOT NULL AND (month + interval '1 month')::date <= %(as_of)s::date + 1
    ORDER BY month DESC
    LIMIT 1
)
SELECT
    account.id AS account_id,
    account.code,
    account.name,
    account.kind,
    account.side,
    (coalesce(before.opening + before.debit - before.credit, 0) + coalesce(since.moved, 0))::bigint AS balance
FROM ledger_account AS account
LEFT JOIN snapshot ON true
LEFT JOIN ledger_periodbalance AS before ON before.period_id = snapshot.id AND before.account_id = account.id
LEFT JOIN LATERAL (
    SELECT sum(line.debit - line.credit) AS moved
    FROM ledger_line AS line
    WHERE line.account_id = account.id
        AND line.date >= coalesce(snapshot.next_day, '-infinity')
        AND line.date <= %(as_of)s
) AS since ON true
WHERE account.unit = %(unit)s
ORDER BY account.code
