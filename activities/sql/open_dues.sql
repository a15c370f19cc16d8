-- Every member's months of dues that are not paid on a day: the months that should be there, less those that are
-- and those that a decision waived.
-- A month costs what was in force on its first day (the month of entering: on the day of entering) and is due from
-- its due day. `ahead` months after the one of `as_of` are listed too, never as due. `member` NULL asks for all.
WITH month AS (
    SELECT first::date AS month, rules.amount, rules.to_social_fund, rules.to_education_fund,
           first::date + rules.due_day - 1 <= %(as_of)s AS is_due
    FROM generate_series(
             (SELECT date_trunc('month', min(entered_on)) FROM members_member),
             date_trunc('month', %(as_of)s::date) + make_interval(months => %(ahead)s),
             interval '1 month'
         ) AS first
    LEFT JOIN LATERAL (
        SELECT amount, due_day, to_social_fund, to_education_fund
        FROM activities_duesrules
        WHERE in_force_from <= first
        ORDER BY in_force_from DESC
        LIMIT 1
    ) AS rules ON true
),
obligation AS (
    SELECT member.id, member.number, member.name, member.phone, month.month,
           CASE WHEN month.month <= member.entered_on THEN on_entering.amount ELSE month.amount END AS amount,
           CASE WHEN month.month <= member.entered_on THEN on_entering.to_social_fund ELSE month.to_social_fund END
               AS to_social_fund,
           CASE WHEN month.month <= member.entered_on THEN on_entering.to_education_fund
                ELSE month.to_education_fund END AS to_education_fund,
           coalesce(month.is_due, false) OR month.month <= member.entered_on AS is_due
    FROM members_member AS member
    JOIN month ON month.month >= date_trunc('month', member.entered_on)
    LEFT JOIN LATERAL (
        SELECT amount, to_social_fund, to_education_fund
        FROM activities_duesrules
        WHERE in_force_from <= member.entered_on
        ORDER BY in_force_from DESC
        LIMIT 1
    ) AS on_entering ON true
    WHERE member.entered_on <= %(as_of)s
      AND (member.left_on IS NULL OR member.left_on > %(as_of)s)
      AND (%(member)s::bigint IS NULL OR member.id = %(member)s::bigint)
)
SELECT id, number, name, phone,
       array_agg(month ORDER BY month) AS months,
       array_agg(amount ORDER BY month) AS amounts,
       array_agg(to_social_fund ORDER BY month) AS social,
       array_agg(to_education_fund ORDER BY month) AS education,
       count(*) FILTER (WHERE is_due) AS due_months,
       coalesce(sum(amount) FILTER (WHERE is_due), 0)::bigint AS owed
FROM obligation
WHERE amount IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM activities_duespayment AS paid
      WHERE paid.member_id = obligation.id
        AND paid.month = obligation.month
        AND paid."on" <= %(as_of)s
        AND (paid.reversed_on IS NULL OR paid.reversed_on > %(as_of)s)
  )
  AND NOT EXISTS (
      SELECT FROM activities_dueswaiver AS waiver
      WHERE waiver.member_id = obligation.id
        AND obligation.month BETWEEN waiver.first_month AND waiver.last_month
        AND waiver."on" <= %(as_of)s
        AND (waiver.reversed_on IS NULL OR waiver.reversed_on > %(as_of)s)
  )
GROUP BY id, number, name, phone
HAVING NOT %(only_due)s OR count(*) FILTER (WHERE is_due) > 0
ORDER BY number
