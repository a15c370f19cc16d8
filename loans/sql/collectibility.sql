-- Every running loan on a day with its class and what is set aside for it: `loans.collectibility` in one statement.
-- For other statements to include. Months are added as there: 30 November and three months is the end of February.
SELECT
    assessed.loan_id,
    assessed.outstanding,
    assessed.overdue,
    assessed.instalments,
    assessed.first_due_on,
    assessed.days,
    assessed.period_months,
    assessed.principal_since,
    assessed.interest_since,
    assessed.owed,
    assessed.collateral,
    assessed.rescuable,
    assessed.in_court,
    assessed.cls,
    (
        assessed.outstanding * CASE assessed.cls
            WHEN 'current' THEN %(current_bp)s
            WHEN 'substandard' THEN %(substandard_bp)s
            WHEN 'doubtful' THEN %(doubtful_bp)s
            ELSE %(loss_bp)s
        END + 5000
    ) / 10000 AS provision
FROM (
    SELECT
        debt.*,
        CASE
            WHEN %(scheme)s = 'days' THEN CASE
                WHEN debt.days <= %(current_until)s THEN 'current'
                WHEN debt.days <= %(substandard_until)s THEN 'substandard'
                WHEN debt.days <= %(doubtful_until)s THEN 'doubtful'
                ELSE 'loss'
            END
            WHEN debt.in_court THEN 'loss'
            WHEN NOT (
                coalesce(%(as_of)s > (debt.principal_since + make_interval(months => debt.principal_current))::date, false)
                OR coalesce(%(as_of)s > (debt.interest_since + make_interval(months => debt.interest_current))::date, false)
            ) THEN 'current'
            WHEN %(as_of)s <= debt.substandard_until THEN 'substandard'
            WHEN debt.collateral * 100 >= debt.owed * CASE WHEN debt.rescuable THEN %(rescuable_percent)s ELSE %(lost_percent)s END
                AND %(as_of)s <= (debt.substandard_until + 1 + make_interval(months => %(doubtful_months)s))::date
                THEN 'doubtful'
            ELSE 'loss'
        END AS cls
    FROM (
        SELECT
            standing.loan_id,
            standing.outstanding,
            standing.overdue_principal + standing.overdue_interest AS overdue,
            standing.instalments,
            standing.first_due_on,
            coalesce(%(as_of)s::date - standing.first_due_on, 0) AS days,
            standing.principal_since,
            standing.interest_since,
            standing.outstanding + standing.overdue_interest AS owed,
            coalesce(collateral.value, 0) AS collateral,
            coalesce(assessment.rescuable, true) AS rescuable,
            coalesce(assessment.in_court, false) AS in_court,
            months.period_months,
            months.principal_current,
            months.interest_current,
            least(
                (standing.principal_since + make_interval(months => months.principal_substandard))::date,
                (standing.interest_since + make_interval(months => months.interest_substandard))::date
            ) AS substandard_until
        FROM (
            -- By the daily method the plan does not say which interest is owed, so lateness is that of the principal.
            SELECT
                plan.loan_id,
                plan.rows,
                plan.outstanding,
                plan.overdue_principal,
                plan.principal_since,
                plan.instalments,
                CASE WHEN rules.method = 'daily' THEN plan.principal_since ELSE plan.first_due_on END AS first_due_on,
                CASE WHEN rules.method = 'daily' THEN plan.principal_since ELSE plan.interest_since END AS interest_since,
                CASE WHEN rules.method = 'daily' AND plan.principal_since IS NULL THEN 0 ELSE plan.overdue_interest END
                    AS overdue_interest,
                rules.period,
                rules.every
            FROM (
--include loans/sql/arrears_standings.sql--
            ) AS plan
            JOIN loans_loan AS loan ON loan.id = plan.loan_id
            JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
        ) AS standing
        LEFT JOIN (
            SELECT DISTINCT ON (loan_id) loan_id, rescuable, in_court
            FROM loans_assessment
            WHERE "on" <= %(as_of)s
            ORDER BY loan_id, "on" DESC, id DESC
        ) AS assessment ON assessment.loan_id = standing.loan_id
        LEFT JOIN (
            SELECT loan_id, sum(value_counted)::bigint AS value
            FROM loans_collateral
            WHERE counted_on <= %(as_of)s AND (returned_on IS NULL OR returned_on > %(as_of)s)
            GROUP BY loan_id
        ) AS collateral ON collateral.loan_id = standing.loan_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN standing.rows = 1 THEN NULL WHEN standing.period = 'month' THEN standing.every::int ELSE 0 END AS period_months
        ) AS period
        CROSS JOIN LATERAL (
            SELECT
                period.period_months,
                CASE
                    WHEN period.period_months IS NULL THEN %(once_current)s
                    WHEN period.period_months = 0 THEN %(principal_short_current)s
                    WHEN period.period_months < 6 THEN %(principal_current)s
                    ELSE %(principal_long_current)s
                END AS principal_current,
                CASE
                    WHEN period.period_months IS NULL THEN %(once_substandard)s
                    WHEN period.period_months = 0 THEN %(principal_short_substandard)s
                    WHEN period.period_months < 6 THEN %(principal_substandard)s
                    ELSE %(principal_long_substandard)s
                END AS principal_substandard,
                CASE WHEN period.period_months = 0 THEN %(interest_short_current)s ELSE %(interest_current)s END AS interest_current,
                CASE WHEN period.period_months = 0 THEN %(interest_short_substandard)s ELSE %(interest_substandard)s END
                    AS interest_substandard
        ) AS months
    ) AS debt
) AS assessed
