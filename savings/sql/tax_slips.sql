-- What every member's savings earned in a month and the tax withheld of it, as the ledger has them.
SELECT member.id, member.number, member.name,
       coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code = '5101'), 0)::bigint AS gross,
       coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2301'), 0)::bigint AS tax
FROM ledger_line AS line
JOIN ledger_account AS account ON account.id = line.account_id
JOIN members_member AS member ON member.id = line.member_id
WHERE account.unit = 'usp' AND account.code IN ('5101', '2301') AND line.date BETWEEN %(first)s AND %(last)s
  AND (%(member)s::bigint IS NULL OR line.member_id = %(member)s::bigint)
GROUP BY member.id
HAVING sum(line.debit - line.credit) FILTER (WHERE account.code = '5101') <> 0
    OR sum(line.credit - line.debit) FILTER (WHERE account.code = '2301') <> 0
ORDER BY member.number NULLS LAST, member.id
