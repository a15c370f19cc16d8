-- What every member owes of mandatory savings on a day: the months since entering, each at the amount in force on
-- its first day (the month of entering: on the day of entering), less what was paid. A month counts from its due day.
-- Set-based: a small table of months with running sums, one row a member. `member` NULL asks for all.
WITH month AS (
    SELECT first::date AS month,
           coalesce(sum(rules.mandatory_amount) OVER (ORDER BY first), 0) AS cost_until,
           first::date + coalesce(rules.mandatory_due_day, 1) - 1 <= %(as_of)s AS is_due
    FROM generate_series(
             (SELECT date_trunc('month', min(entered_on)) FROM members_member),
             date_trunc('month', %(as_of)s::date) + interval '24 months',
             interval '1 month'
         ) AS first
    LEFT JOIN LATERAL (
        SELECT mandatory_amount, mandatory_due_day
        FROM savings_savingsrules
        WHERE in_force_from <= first
        ORDER BY in_force_from DESC
        LIMIT 1
    ) AS rules ON true
),
last_due AS (
    SELECT month, cost_until FROM month WHERE is_due ORDER BY month DESC LIMIT 1
),
paid AS (
    SELECT line.member_id, sum(line.credit - line.debit) AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp'
      AND account.code = %(account)s
      AND line.date <= %(as_of)s
      AND (%(member)s::bigint IS NULL OR line.member_id = %(member)s::bigint)
    GROUP BY line.member_id
),
carried AS (
    -- What came from the books before settles every month up to that day, and is not paid ahead either.
    SELECT member_id, date_trunc('month', max("on"))::date AS month,
           coalesce(sum(amount) FILTER (WHERE kind = 'mandatory'), 0) AS amount
    FROM savings_movement
    WHERE is_carried AND "on" <= %(as_of)s
    GROUP BY member_id
),
obligation AS (
    SELECT member.id, member.number, member.name, member.phone, entering.month AS entered_in,
           coalesce(first.mandatory_amount, 0) - entering.cost_until AS offset_of_costs,
           coalesce(first.mandatory_amount, 0)
               + greatest(coalesce(last_due.cost_until, 0) - entering.cost_until, 0) AS due,
           coalesce(paid.amount, 0) - coalesce(carried.amount, 0) AS paid,
           greatest(last_due.month, entering.month) AS due_until
    FROM members_member AS member
    LEFT JOIN carried ON carried.member_id = member.id
    JOIN month AS entering ON entering.month = coalesce(carried.month, date_trunc('month', member.entered_on)::date)
    LEFT JOIN last_due ON true
    LEFT JOIN LATERAL (
        SELECT mandatory_amount
        FROM savings_savingsrules
        WHERE in_force_from <= member.entered_on AND carried.month IS NULL
        ORDER BY in_force_from DESC
        LIMIT 1
    ) AS first ON true
    LEFT JOIN paid ON paid.member_id = member.id
    WHERE member.entered_on <= %(as_of)s
      AND (member.left_on IS NULL OR member.left_on > %(as_of)s)
      AND (%(member)s::bigint IS NULL OR member.id = %(member)s::bigint)
)
SELECT id, number, name, phone, entered_in, due_until,
       due::bigint, paid::bigint, greatest(due - paid, 0)::bigint AS owed,
       (
           SELECT max(month.month)
           FROM month
           WHERE month.month >= obligation.entered_in
             AND obligation.offset_of_costs + month.cost_until <= obligation.paid
       ) AS paid_until
FROM obligation
WHERE NOT %(only_unpaid)s OR due > paid
ORDER BY number
