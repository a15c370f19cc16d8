-- The interest on savings of a month that should be in the books and is not: one entry a member for the voluntary
-- savings, one a deposit for term savings that are paid every month. What is paid on the last day earns from the next.
WITH change AS (
    SELECT member_id, greatest("on", %(first)s::date) AS day,
           sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END) AS amount
    FROM savings_movement
    WHERE kind = 'voluntary' AND "on" <= %(last)s AND NOT ("on" = %(last)s AND purpose IN ('interest', 'tax'))
    GROUP BY member_id, greatest("on", %(first)s::date)
), span AS (
    SELECT member_id, day,
           sum(amount) OVER days AS balance,
           lead(day, 1, %(last)s::date + 1) OVER days - day AS length
    FROM change
    WINDOW days AS (PARTITION BY member_id ORDER BY day)
), balance AS (
    -- Members who began to save during the month had a balance of zero before.
    SELECT member_id,
           sum(balance * length) AS days,
           coalesce(sum(balance * length) FILTER (WHERE balance >= %(least_balance)s), 0) AS earning_days,
           CASE WHEN min(day) > %(first)s THEN 0 ELSE min(balance) END AS lowest
    FROM span
    GROUP BY member_id
), earned AS (
    SELECT member_id,
           div(
               (CASE %(method)s
                   WHEN 'daily' THEN earning_days
                   WHEN 'average' THEN CASE WHEN days >= %(least_balance)s * %(days)s THEN days ELSE 0 END
                   ELSE CASE WHEN lowest >= %(least_balance)s THEN lowest * %(days)s ELSE 0 END
               END * %(rate_bp)s)::numeric * 2 + CASE %(rounding)s WHEN 'half_up' THEN %(denominator)s ELSE 0 END,
               %(denominator)s::numeric * 2
           )::bigint * %(round_to)s AS amount
    FROM balance
), paid AS (
    SELECT member_id, sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END)::bigint AS amount, count(*) AS times
    FROM savings_movement
    WHERE purpose = 'interest' AND term_id IS NULL AND "on" BETWEEN %(first)s AND %(last)s
    GROUP BY member_id
), voluntary AS (
    SELECT member_id, 'member:' || member_id AS of, coalesce(earned.amount, 0) - coalesce(paid.amount, 0) AS amount,
           coalesce(paid.times, 0) + 1 AS turn
    FROM earned
    FULL JOIN paid USING (member_id)
    -- Former members received their interest with the settlement.
    WHERE member_id NOT IN (SELECT id FROM members_member WHERE left_on IS NOT NULL)
), deposit AS (
    SELECT deposit.id, deposit.member_id, deposit.amount, deposit.opened_on, rules.rate_bp, rules.day_count,
           whole.months, deposit.opened_on + make_interval(months => whole.months) AS begun,
           deposit.opened_on + make_interval(months => whole.months + 1) AS next_one
    FROM savings_termdeposit AS deposit
    JOIN savings_termsavingsrules AS rules ON rules.id = deposit.rules_id
    CROSS JOIN LATERAL (
        SELECT ((extract(year FROM %(last)s::date) - extract(year FROM deposit.opened_on)) * 12
                + extract(month FROM %(last)s::date) - extract(month FROM deposit.opened_on))::int AS months
    ) AS calendar
    CROSS JOIN LATERAL (
        SELECT calendar.months - CASE
            WHEN deposit.opened_on + make_interval(months => calendar.months) > %(last)s::date THEN 1 ELSE 0
        END AS months
    ) AS whole
    WHERE rules.paid = 'monthly'
      AND deposit.opened_on < %(last)s AND deposit.matures_on > %(last)s
      AND (deposit.closed_on IS NULL OR deposit.closed_on > %(last)s)
), term AS (
    SELECT deposit.member_id, 'term:' || deposit.id AS of,
           CASE deposit.day_count
               WHEN 'twelfths' THEN div(
                   deposit.amount::numeric * deposit.rate_bp * (deposit.months * span.days + span.gone) * 2
                       + 120000::numeric * span.days,
                   240000::numeric * span.days
               )
               ELSE div(
                   deposit.amount::numeric * deposit.rate_bp * (%(last)s::date - deposit.opened_on) * 2 + 3650000,
                   7300000
               )
           END::bigint - coalesce(paid.amount, 0) AS amount,
           coalesce(paid.times, 0) + 1 AS turn
    FROM deposit
    CROSS JOIN LATERAL (
        SELECT %(last)s::date - deposit.begun::date AS gone, deposit.next_one::date - deposit.begun::date AS days
    ) AS span
    LEFT JOIN LATERAL (
        SELECT sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END)::bigint AS amount, count(*) AS times
        FROM savings_movement
        WHERE purpose = 'interest' AND term_id = deposit.id
    ) AS paid ON true
), missing AS (
    SELECT * FROM voluntary WHERE amount <> 0
    UNION ALL
    SELECT * FROM term WHERE amount <> 0
)
SELECT 'interest:' || %(month)s || ':' || of || ':' || turn AS reference,
       %(memo)s AS memo,
       ARRAY['5101', '2101'] AS codes,
       ARRAY[member_id, member_id] AS members,
       ARRAY[greatest(amount, 0), greatest(-amount, 0)] AS debits,
       ARRAY[greatest(-amount, 0), greatest(amount, 0)] AS credits
FROM missing
ORDER BY member_id, of
