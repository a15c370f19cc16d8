-- Why cash and bank of both units changed from one day to another: the other side of every entry that touched them.
-- What one unit hands the other (1901) stays inside the cooperative and is left out.
WITH touched AS (
    SELECT DISTINCT line.entry_id
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.code = ANY(%(cash)s) AND line.date BETWEEN %(first)s AND %(last)s
)
SELECT account.code, min(account.name) AS name, min(account.kind) AS kind, sum(line.credit - line.debit)::bigint AS amount
FROM touched
JOIN ledger_line AS line ON line.entry_id = touched.entry_id
JOIN ledger_account AS account ON account.id = line.account_id
WHERE account.code <> ALL(%(cash)s) AND account.code <> %(between)s
GROUP BY account.code
HAVING sum(line.credit - line.debit) <> 0
ORDER BY account.code
