-- The loans that are late on a day, in the order of the list, and what they come to. `by_days` are those of the daily
-- method, late or not: of them loans/queries/arrears.py says what is late.
SELECT
    coalesce(array_agg(due.loan_id ORDER BY due.first_due_on, member.name, due.number), '{}') AS loans,
    count(*) FILTER (WHERE due.method = 'daily')::int AS by_days,
    coalesce(sum(due.principal), 0)::bigint AS principal,
    coalesce(sum(due.interest), 0)::bigint AS interest,
    coalesce(sum(due.fee), 0)::bigint AS fee,
    coalesce(sum(due.penalty), 0)::bigint AS penalty,
    coalesce(sum(due.due), 0)::bigint AS due,
    coalesce(sum(due.outstanding), 0)::bigint AS outstanding
FROM (
--include loans/sql/arrears_due.sql--
) AS due
JOIN members_member AS member ON member.id = due.member_id
WHERE due.method = 'daily' OR due.days > 0
