-- Savings of every member as the ledger has them: what they had, put in, took out in the month, per kind of savings.
SELECT member.id,
       member.number,
       member.name,
       coalesce(sum(line.credit - line.debit) FILTER (WHERE code = '3101' AND date < %(month)s), 0)::bigint AS principal_opening,
       coalesce(sum(line.credit) FILTER (WHERE code = '3101' AND date >= %(month)s), 0)::bigint AS principal_in,
       coalesce(sum(line.debit) FILTER (WHERE code = '3101' AND date >= %(month)s), 0)::bigint AS principal_out,
       coalesce(sum(line.credit - line.debit) FILTER (WHERE code = '3102' AND date < %(month)s), 0)::bigint AS mandatory_opening,
       coalesce(sum(line.credit) FILTER (WHERE code = '3102' AND date >= %(month)s), 0)::bigint AS mandatory_in,
       coalesce(sum(line.debit) FILTER (WHERE code = '3102' AND date >= %(month)s), 0)::bigint AS mandatory_out,
       coalesce(sum(line.credit - line.debit) FILTER (WHERE code = '2101' AND date < %(month)s), 0)::bigint AS voluntary_opening,
       coalesce(sum(line.credit) FILTER (WHERE code = '2101' AND date >= %(month)s), 0)::bigint AS voluntary_in,
       coalesce(sum(line.debit) FILTER (WHERE code = '2101' AND date >= %(month)s), 0)::bigint AS voluntary_out
FROM members_member AS member
JOIN ledger_line AS line ON line.member_id = member.id
JOIN ledger_account AS account ON account.id = line.account_id
WHERE account.unit = 'usp' AND account.code IN ('3101', '3102', '2101') AND line.date <= %(last)s
GROUP BY member.id
ORDER BY member.number NULLS LAST, member.name, member.id
