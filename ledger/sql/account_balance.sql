-- What one account holds at the end of a day (debit − credit): the last snapshot and the days since.
WITH snapshot AS (
    SELECT id, (month + interval '1 month')::date AS next_day
    FROM ledger_period
    WHERE unit = %(unit)s AND closed_on IS NOT NULL AND (month + interval '1 month')::date <= %(as_of)s::date + 1
    ORDER BY month DESC
    LIMIT 1
)
SELECT (
    coalesce((
        SELECT balance.opening + balance.debit - balance.credit
        FROM snapshot
        JOIN ledger_periodbalance AS balance ON balance.period_id = snapshot.id AND balance.account_id = account.id
    ), 0)
    + coalesce((
        SELECT sum(line.debit - line.credit)
        FROM ledger_line AS line
        WHERE line.account_id = account.id
            AND line.date >= coalesce((SELECT next_day FROM snapshot), '-infinity')
            AND line.date <= %(as_of)s
    ), 0)
)::bigint
FROM ledger_account AS account
WHERE account.unit = %(unit)s AND account.code = %(code)s
