-- What every member has saved of each kind is the same in the passbook and in the ledger.
WITH passbook AS (
    SELECT member_id, kind, sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END) AS amount
    FROM savings_movement
    WHERE "on" <= %(as_of)s
    GROUP BY member_id, kind
), ledger AS (
    SELECT line.member_id, kinds.kind, sum(line.credit - line.debit) AS amount
    FROM (VALUES ('3101', 'principal'), ('3102', 'mandatory'), ('2101', 'voluntary'), ('2102', 'term')) AS kinds (code, kind)
    JOIN ledger_account AS account ON account.code = kinds.code
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE line.date <= %(as_of)s
    GROUP BY line.member_id, kinds.kind
)
SELECT
    member_id,
    kind,
    coalesce(passbook.amount, 0)::bigint AS passbook,
    coalesce(ledger.amount, 0)::bigint AS ledger
FROM passbook
FULL JOIN ledger USING (member_id, kind)
WHERE coalesce(passbook.amount, 0) <> coalesce(ledger.amount, 0)
ORDER BY member_id, kind
