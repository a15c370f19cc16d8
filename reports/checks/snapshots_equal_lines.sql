-- The snapshot of every closed month says what its lines say, and opens with what the month before closed with.
WITH moved AS (
    SELECT account_id, date_trunc('month', date::timestamp)::date AS month, sum(debit) AS debit, sum(credit) AS credit
    FROM ledger_line
    GROUP BY 1, 2
), expected AS (
    SELECT
        period.id AS period_id,
        period.unit,
        period.month,
        account.id AS account_id,
        account.code,
        coalesce(sum(moved.debit - moved.credit) OVER earlier_months, 0) AS opening,
        coalesce(moved.debit, 0) AS debit,
        coalesce(moved.credit, 0) AS credit
    FROM ledger_period AS period
    JOIN ledger_account AS account ON account.unit = period.unit
    LEFT JOIN moved ON moved.account_id = account.id AND moved.month = period.month
    WHERE period.closed_on IS NOT NULL
    WINDOW earlier_months AS (
        PARTITION BY account.id ORDER BY period.month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    unit,
    month,
    code,
    expected.opening::bigint,
    expected.debit::bigint,
    expected.credit::bigint,
    balance.opening AS kept_opening,
    balance.debit AS kept_debit,
    balance.credit AS kept_credit
FROM expected
FULL JOIN ledger_periodbalance AS balance USING (period_id, account_id)
WHERE (month IS NULL OR month <= %(as_of)s)
    AND (expected.opening, expected.debit, expected.credit)
        IS DISTINCT FROM (
            coalesce(balance.opening, 0)::numeric, coalesce(balance.debit, 0)::numeric, coalesce(balance.credit, 0)::numeric
        )
ORDER BY unit, month, code
