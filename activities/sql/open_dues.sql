-- Every member's months of dues that are not paid on a day: the months that should be there, less those that are.
-- A month costs what was in force on its first day (the month of entering: on the day of entering) and is due from
-- its due day. `ahead` months after the one of `as_of` are listed too, never as due. `member` NULL asks for all.
WITH month AS (
    SELECT first::date AS month, rules.amount,
           first::date + rules.due_day - 1 <= %(as_of)s AS is_due
    FROM generate_series(
             (SELECT date_trunc('month', min(entered_on)) FROM members_member),
             date_trunc('month', %(as_of)s::date) + make_interval(months => %(ahead)s),
             interval '1 month'
         ) AS first
    LEFT JOIN LATERAL (
        SELECT amount, due_day
        FROM activities_duesrules
        WHERE in_force_from <= first
        ORDER BY in_force_from DESC
        LIMIT 1
    ) AS rules ON true
),
obligation AS (
    SELECT member.id, member.number, member.name, member.phone, month.month,
           CASE WHEN month.month <= member.entered_on THEN on_entering.amount ELSE month.amount END AS amount,
           coalesce(month.is_due, false) OR month.month <= member.entered_on AS is_due
    FROM members_member AS member
    JOIN month ON month.month >= date_trunc('month', member.entered_on)
    LEFT JOIN LATERAL (
        SELECT amount
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
GROUP BY id, number, name, phone
HAVING NOT %(only_due)s OR count(*) FILTER (WHERE is_due) > 0
ORDER BY number
