-- The loans that are late on a day, in the order of the list, and what they come to. `by_days` are those of the daily
-- method, late or not: of them loans/queries/arrears.py says what is late.
SELECT
    coalesce(array_agg(standing.loan_id ORDER BY standing.first_due_on, member.name, loan.number), '{}') AS loans,
    count(*) FILTER (WHERE rules.method = 'daily')::int AS by_days,
    coalesce(sum(standing.overdue_principal), 0)::bigint AS overdue_principal,
    coalesce(sum(standing.overdue_interest), 0)::bigint AS overdue_interest,
    coalesce(sum(standing.overdue_principal + standing.overdue_interest + standing.overdue_fee), 0)::bigint AS overdue,
    coalesce(sum(standing.outstanding), 0)::bigint AS outstanding
FROM (
--include loans/sql/arrears_standings.sql--
) AS standing
JOIN loans_loan AS loan ON loan.id = standing.loan_id
JOIN members_member AS member ON member.id = loan.member_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
WHERE standing.instalments > 0 OR rules.method = 'daily'
