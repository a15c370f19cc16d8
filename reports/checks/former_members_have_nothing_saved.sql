-- Nobody who has left has savings: they were set off or are payable to former members.
SELECT member.id AS member_id, sum(line.credit - line.debit)::bigint AS saved
FROM members_member AS member
JOIN departures_departure AS departure ON departure.member_id = member.id AND departure.approved_on <= %(as_of)s
JOIN ledger_line AS line ON line.member_id = member.id AND line.date <= %(as_of)s
JOIN ledger_account AS account ON account.id = line.account_id
WHERE account.unit = 'usp' AND account.code IN ('3101', '3102', '2101', '2102')
GROUP BY member.id
HAVING sum(line.credit - line.debit) <> 0
ORDER BY member.id
