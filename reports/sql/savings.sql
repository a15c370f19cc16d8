-- Savings of every member as the ledger has them: what they had, put in, took out in the month, per kind of savings.
-- A reversal takes from the side that it undoes.
SELECT member.id,
       member.number,
       member.name,
       coalesce(sum(moved.came_in - moved.went_out) FILTER (WHERE account.code = '3101' AND line.date < %(month)s), 0)::bigint AS principal_opening,
       coalesce(sum(moved.came_in) FILTER (WHERE account.code = '3101' AND line.date >= %(month)s), 0)::bigint AS principal_in,
       coalesce(sum(moved.went_out) FILTER (WHERE account.code = '3101' AND line.date >= %(month)s), 0)::bigint AS principal_out,
       coalesce(sum(moved.came_in - moved.went_out) FILTER (WHERE account.code = '3102' AND line.date < %(month)s), 0)::bigint AS mandatory_opening,
       coalesce(sum(moved.came_in) FILTER (WHERE account.code = '3102' AND line.date >= %(month)s), 0)::bigint AS mandatory_in,
       coalesce(sum(moved.went_out) FILTER (WHERE account.code = '3102' AND line.date >= %(month)s), 0)::bigint AS mandatory_out,
       coalesce(sum(moved.came_in - moved.went_out) FILTER (WHERE account.code = '2101' AND line.date < %(month)s), 0)::bigint AS voluntary_opening,
       coalesce(sum(moved.came_in) FILTER (WHERE account.code = '2101' AND line.date >= %(month)s), 0)::bigint AS voluntary_in,
       coalesce(sum(moved.went_out) FILTER (WHERE account.code = '2101' AND line.date >= %(month)s), 0)::bigint AS voluntary_out,
       coalesce(sum(moved.came_in - moved.went_out) FILTER (WHERE account.code = '2102' AND line.date < %(month)s), 0)::bigint AS term_opening,
       coalesce(sum(moved.came_in) FILTER (WHERE account.code = '2102' AND line.date >= %(month)s), 0)::bigint AS term_in,
       coalesce(sum(moved.went_out) FILTER (WHERE account.code = '2102' AND line.date >= %(month)s), 0)::bigint AS term_out
FROM members_member AS member
JOIN ledger_line AS line ON line.member_id = member.id
JOIN ledger_account AS account ON account.id = line.account_id
JOIN ledger_entry AS entry ON entry.id = line.entry_id
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN entry.reverses_id IS NULL THEN line.credit ELSE -line.debit END AS came_in,
        CASE WHEN entry.reverses_id IS NULL THEN line.debit ELSE -line.credit END AS went_out
) AS moved
WHERE account.unit = 'usp' AND account.code IN ('3101', '3102', '2101', '2102') AND line.date <= %(last)s
GROUP BY member.id
ORDER BY member.number NULLS LAST, member.name, member.id
