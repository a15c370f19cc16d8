-- Cash, bank and the funds were never below zero at the end of a day.
SELECT course.unit, course.code, course.date, course.balance
FROM (
    SELECT
        account.unit,
        account.code,
        line.date,
        CASE account.side WHEN 'debit' THEN 1 ELSE -1 END
            * sum(sum(line.debit - line.credit)) OVER (PARTITION BY account.id ORDER BY line.date) AS balance
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.is_spent AND line.date <= %(as_of)s
    GROUP BY account.id, line.date
) AS course
WHERE course.balance < 0
ORDER BY course.unit, course.code, course.date
