-- What some accounts gained (debit minus credit) in each month since `first`: the trend beside a figure of the home page.
SELECT date_trunc('month', line.date)::date AS month, account.code, sum(line.debit - line.credit)::bigint AS change
FROM ledger_line line
JOIN ledger_account account ON account.id = line.account_id
WHERE account.code = ANY(%(codes)s) AND line.date >= %(first)s AND line.date <= %(as_of)s
GROUP BY 1, 2
