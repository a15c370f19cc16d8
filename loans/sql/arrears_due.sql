-- What is due of running loans on a day, penalties included: `loans.queries.Position.due` in one statement, for other
-- statements to include. Of a loan that owes nothing on the day there are zeros.
-- By the daily method the interest follows the days on which money came, which the plan does not know: those loans come
-- all, and loans/queries/arrears.py says what of them is due.
SELECT
    standing.loan_id,
    loan.number,
    loan.principal AS loan_principal,
    loan.member_id,
    rules.product_id,
    rules.method,
    due.first_due_on,
    coalesce(%(as_of)s::date - due.first_due_on, 0) AS days,
    due.instalments,
    due.principal,
    due.interest,
    due.fee,
    due.penalty,
    due.principal + due.interest + due.fee + due.penalty AS due,
    standing.overdue_principal,
    standing.overdue_interest,
    standing.outstanding
FROM (
--include loans/sql/arrears_standings.sql--
) AS standing
JOIN loans_loan AS loan ON loan.id = standing.loan_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
CROSS JOIN LATERAL (
    SELECT
        min(owed.due_on) AS first_due_on,
        count(*)::int AS instalments,
        coalesce(sum(owed.principal), 0)::bigint AS principal,
        coalesce(sum(owed.interest), 0)::bigint AS interest,
        coalesce(sum(owed.fee), 0)::bigint AS fee,
        coalesce(sum(owed.penalty), 0)::bigint AS penalty
    FROM (
        SELECT
            open.due_on,
            open.principal,
            open.interest,
            open.fee,
            loans_penalty(
                rules,
                open.due_on,
                open.base,
                open.principal + CASE rules.penalty_base WHEN 'principal' THEN 0 ELSE open.interest + open.fee END,
                open.late,
                open.penalty,
                %(as_of)s
            ) AS penalty
        FROM unnest(
            standing.due_on, standing.principal, standing.interest, standing.fee, standing.base, standing.late, standing.penalty
        ) AS open (due_on, principal, interest, fee, base, late, penalty)
        WHERE open.due_on <= %(as_of)s
    ) AS owed
    WHERE owed.principal + owed.interest + owed.fee + owed.penalty > 0
) AS due
