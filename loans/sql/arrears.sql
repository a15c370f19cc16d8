-- Running loans with an instalment past due on a day: what is overdue, since when, and what is owed in all;
-- `loans` takes those that it names.
-- By the daily method the interest follows the days on which money came, which the plan does not know: those loans come
-- all, and loans/queries/arrears.py says what of them is overdue.
SELECT
    loan.id AS loan_id,
    loan.number,
    loan.principal AS loan_principal,
    member.id AS member_id,
    member.number AS member_number,
    member.name,
    member.phone,
    product.name AS product,
    rules.method,
    standing.first_due_on,
    (%(as_of)s::date - standing.first_due_on) AS days,
    standing.instalments,
    standing.overdue_principal,
    standing.overdue_interest,
    standing.overdue_fee,
    standing.overdue_principal + standing.overdue_interest + standing.overdue_fee AS overdue,
    standing.outstanding
FROM (
--include loans/sql/arrears_standings.sql--
) AS standing
JOIN loans_loan AS loan ON loan.id = standing.loan_id
JOIN members_member AS member ON member.id = loan.member_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
JOIN loans_loanproduct AS product ON product.id = rules.product_id
WHERE standing.instalments > 0 OR NOT %(only_late)s OR rules.method = 'daily'
ORDER BY standing.first_due_on, member.name, loan.number;
