-- Running loans with an instalment past due on a day: what is overdue, since when, and what is owed in all.
-- `limit to` one member where one is named. By the daily method the interest follows the days on which money came, which
-- the plan does not know: those loans come all, and loans/queries.py says what of them is overdue.
WITH running AS (
    SELECT loan.id, loan.schedule_version
    FROM loans_loan AS loan
    WHERE loan.disbursed_on <= %(as_of)s
        AND (loan.settled_on IS NULL OR loan.settled_on > %(as_of)s)
        AND (%(member)s::bigint IS NULL OR loan.member_id = %(member)s::bigint)
),
paid AS (
    SELECT part.instalment_id, sum(part.principal) AS principal, sum(part.interest) AS interest, sum(part.fee) AS fee
    FROM running
    JOIN loans_repayment AS repayment ON repayment.loan_id = running.id
    JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
    WHERE repayment.paid_on <= %(as_of)s
        AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
    GROUP BY part.instalment_id
),
owed AS (
    SELECT
        running.id AS loan_id,
        instalment.due_on,
        instalment.principal - coalesce(paid.principal, 0) AS principal,
        instalment.interest - coalesce(paid.interest, 0) AS interest,
        instalment.fee - coalesce(paid.fee, 0) AS fee
    FROM running
    JOIN loans_instalment AS instalment
        ON instalment.loan_id = running.id AND instalment.version = running.schedule_version
    LEFT JOIN paid ON paid.instalment_id = instalment.id
)
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
    owed.first_due_on,
    (%(as_of)s::date - owed.first_due_on) AS days,
    owed.instalments,
    owed.overdue_principal,
    owed.overdue_interest,
    owed.overdue_fee,
    owed.overdue_principal + owed.overdue_interest + owed.overdue_fee AS overdue,
    owed.outstanding
FROM (
    SELECT
        owed.loan_id,
        min(owed.due_on) FILTER (WHERE is_late) AS first_due_on,
        count(*) FILTER (WHERE is_late)::int AS instalments,
        coalesce(sum(owed.principal) FILTER (WHERE is_late), 0)::bigint AS overdue_principal,
        coalesce(sum(owed.interest) FILTER (WHERE is_late), 0)::bigint AS overdue_interest,
        coalesce(sum(owed.fee) FILTER (WHERE is_late), 0)::bigint AS overdue_fee,
        sum(owed.principal)::bigint AS outstanding
    FROM (SELECT owed.*, due_on < %(as_of)s AND principal + interest + fee > 0 AS is_late FROM owed) AS owed
    GROUP BY owed.loan_id
) AS owed
JOIN loans_loan AS loan ON loan.id = owed.loan_id
JOIN members_member AS member ON member.id = loan.member_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
JOIN loans_loanproduct AS product ON product.id = rules.product_id
WHERE owed.instalments > 0 OR NOT %(only_late)s OR rules.method = 'daily'
ORDER BY owed.first_due_on, member.name, loan.number;
