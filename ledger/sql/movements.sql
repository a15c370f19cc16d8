-- What moved on each account of a unit from one day to another: closed months from their snapshots, the rest by days.
-- A reversal takes from the side that it undoes: a mistake and its correction are no turnover, and the balance is the same.
WITH undone AS (
    SELECT line.account_id, sum(line.debit + line.credit) AS amount
    FROM ledger_entry AS entry
    JOIN ledger_line AS line ON line.entry_id = entry.id
    WHERE entry.reverses_id IS NOT NULL AND entry.unit = %(unit)s AND line.date BETWEEN %(first)s AND %(last)s
    GROUP BY line.account_id
), covered AS (
    SELECT
        coalesce(min(month), %(last)s::date + 1) AS first_day,
        coalesce(max(month + interval '1 month')::date, %(last)s::date + 1) AS next_day
    FROM ledger_period
    WHERE unit = %(unit)s
        AND closed_on IS NOT NULL
        AND month >= %(first)s
        AND (month + interval '1 month')::date <= %(last)s::date + 1
)
SELECT
    account.id AS account_id,
    account.code,
    account.name,
    account.kind,
    account.side,
    (coalesce(months.debit, 0) + coalesce(days.debit, 0) - coalesce(undone.amount, 0))::bigint AS debit,
    (coalesce(months.credit, 0) + coalesce(days.credit, 0) - coalesce(undone.amount, 0))::bigint AS credit
FROM ledger_account AS account
CROSS JOIN covered
LEFT JOIN undone ON undone.account_id = account.id
LEFT JOIN LATERAL (
    SELECT sum(balance.debit) AS debit, sum(balance.credit) AS credit
    FROM ledger_period AS period
    JOIN ledger_periodbalance AS balance ON balance.period_id = period.id AND balance.account_id = account.id
    WHERE period.unit = %(unit)s AND period.month >= covered.first_day AND period.month < covered.next_day
) AS months ON true
LEFT JOIN LATERAL (
    SELECT sum(edge.debit) AS debit, sum(edge.credit) AS credit
    FROM (
        SELECT line.debit, line.credit
        FROM ledger_line AS line
        WHERE line.account_id = account.id AND line.date >= %(first)s AND line.date < covered.first_day
        UNION ALL
        SELECT line.debit, line.credit
        FROM ledger_line AS line
        WHERE line.account_id = account.id AND line.date >= covered.next_day AND line.date <= %(last)s
    ) AS edge
) AS days ON true
WHERE account.unit = %(unit)s
ORDER BY account.code
