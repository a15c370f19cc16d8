-- The dues of every member are the same in the list of dues, in the income of the general unit and in the funds.
WITH paid AS (
    SELECT
        member_id,
        sum(amount - to_social_fund - to_education_fund) AS income,
        sum(to_social_fund) AS social,
        sum(to_education_fund) AS education
    FROM activities_duespayment
    WHERE "on" <= %(as_of)s AND (reversed_on IS NULL OR reversed_on > %(as_of)s)
    GROUP BY member_id
), booked AS (
    SELECT
        line.member_id,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '4201'), 0) AS income,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2203'), 0) AS social,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2202'), 0) AS education
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.unit = 'umum'
        AND account.code IN ('4201', '2202', '2203')
        AND line.member_id IS NOT NULL
        AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT
    member_id,
    coalesce(paid.income, 0)::bigint AS dues,
    coalesce(booked.income, 0)::bigint AS ledger,
    coalesce(paid.social, 0)::bigint AS social,
    coalesce(booked.social, 0)::bigint AS ledger_social,
    coalesce(paid.education, 0)::bigint AS education,
    coalesce(booked.education, 0)::bigint AS ledger_education
FROM paid
FULL JOIN booked USING (member_id)
WHERE coalesce(paid.income, 0) <> coalesce(booked.income, 0)
    OR coalesce(paid.social, 0) <> coalesce(booked.social, 0)
    OR coalesce(paid.education, 0) <> coalesce(booked.education, 0)
ORDER BY member_id
