-- The allowance for loan losses is what the last month-end run set aside, less what was written off since.
WITH last AS (
    SELECT run.month, run.number, run."on", run.allowance
    FROM loans_provisionrun AS run
    WHERE run."on" <= %(as_of)s
    ORDER BY run.month DESC, run.number DESC
    LIMIT 1
)
SELECT last.month, last.number, last.allowance, used.amount AS written_off, booked.amount AS booked
FROM last
CROSS JOIN LATERAL (
    SELECT coalesce(sum(write_off.from_allowance), 0)::bigint AS amount
    FROM loans_writeoff AS write_off
    WHERE write_off.done_on > last."on" AND write_off.done_on <= %(as_of)s
) AS used
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.credit - line.debit), 0)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '1209' AND line.date <= %(as_of)s
) AS booked
WHERE booked.amount <> last.allowance - used.amount
