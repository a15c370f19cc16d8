-- In every closed month the tax on each member's interest is what the rules of its last day ask for.
WITH earned AS (
    SELECT line.member_id, date_trunc('month', line.date)::date AS month,
           coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code = '5101'), 0)::bigint AS gross,
           coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2301'), 0)::bigint AS tax
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code IN ('5101', '2301') AND line.member_id IS NOT NULL
      AND line.date <= %(as_of)s
    GROUP BY 1, 2
)
SELECT earned.member_id, earned.month, earned.gross, earned.tax, wanted.tax AS wanted
FROM earned
JOIN ledger_period AS period ON period.unit = 'usp' AND period.month = earned.month AND period.closed_on IS NOT NULL
CROSS JOIN LATERAL (
    SELECT coalesce((
        SELECT CASE WHEN earned.gross > rules.free_up_to THEN earned.gross * rules.rate_bp / 10000 ELSE 0 END
        FROM savings_savingstaxrules AS rules
        WHERE rules.in_force_from <= earned.month + interval '1 month' - interval '1 day'
        ORDER BY rules.in_force_from DESC
        LIMIT 1
    ), 0)::bigint AS tax
) AS wanted
WHERE earned.tax <> wanted.tax
ORDER BY earned.member_id, earned.month
