-- Twelve months up to one: what cash, savings and loans stood at, and what came in as income and went as expenses.
-- Closed months answer from their snapshots.
WITH moved AS (
    SELECT account.code, account.kind, period.month, balance.debit - balance.credit AS amount
    FROM ledger_periodbalance AS balance
    JOIN ledger_period AS period ON period.id = balance.period_id
    JOIN ledger_account AS account ON account.id = balance.account_id
    WHERE period.month <= %(month)s
    UNION ALL
    SELECT account.code, account.kind, date_trunc('month', line.date)::date, line.debit - line.credit
    FROM ledger_account AS account
    CROSS JOIN LATERAL (
        SELECT min(month) AS first_day FROM ledger_period WHERE unit = account.unit AND closed_on IS NULL
    ) AS open_months
    JOIN ledger_line AS line ON line.account_id = account.id AND line.date >= open_months.first_day
    WHERE line.date <= %(last)s
)
SELECT
    months.month::date AS month,
    coalesce(sum(amount) FILTER (WHERE code = ANY (%(cash)s)), 0)::bigint AS cash,
    coalesce(sum(-amount) FILTER (WHERE code = ANY (%(savings)s)), 0)::bigint AS savings,
    coalesce(sum(amount) FILTER (WHERE code = %(loans)s), 0)::bigint AS loans,
    coalesce(sum(-amount) FILTER (WHERE kind = 'income' AND moved.month = months.month), 0)::bigint AS income,
    coalesce(sum(amount) FILTER (WHERE kind = 'expense' AND moved.month = months.month), 0)::bigint AS expenses
FROM generate_series(%(month)s::date - interval '11 months', %(month)s::date, interval '1 month') AS months (month)
LEFT JOIN moved ON moved.month <= months.month
GROUP BY months.month
ORDER BY months.month
