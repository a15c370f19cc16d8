-- Every member who could be asked for one offer, with the facts that decide: skill, room until it is due, work in
-- hand, weeks without work, work received in the year before. `members` narrows it to some.
WITH offer AS (
    SELECT s.id, s.due_on, l.item_id, i.skill_id, o.member_id AS holder_id
    FROM orders_surplus s
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    JOIN pricing_item i ON i.id = l.item_id
    WHERE s.id = %(surplus)s
),
candidate AS (
    SELECT m.id, m.name, m.user_id, m.phone, m.entered_on, b.id AS business_id, b.name AS business
    FROM members_member m
    JOIN members_business b ON b.member_id = m.id
    WHERE m.entered_on <= %(as_of)s
      AND (m.left_on IS NULL OR m.left_on > %(as_of)s)
      AND m.id <> (SELECT holder_id FROM offer)
      AND (%(members)s::bigint[] IS NULL OR m.id = ANY(%(members)s))
),
job AS MATERIALIZED (
    SELECT j.member_id, j.order_id, j.claim_id, greatest(j.due_on, %(as_of)s) AS due_on, j.quantity
    FROM orders_jobs(%(as_of)s) j
    WHERE %(members)s::bigint[] IS NULL OR j.member_id = ANY(%(members)s)
),
busy AS (
    SELECT member_id, count(DISTINCT (order_id, claim_id)) AS jobs FROM job GROUP BY member_id
),
span AS (
    SELECT business_id, from_on, per_week, lead(from_on) OVER (PARTITION BY business_id ORDER BY from_on) AS until_on
    FROM orders_capacity
),
deadline AS (
    SELECT candidate.id AS member_id, candidate.business_id, offer.due_on FROM candidate CROSS JOIN offer
    UNION
    SELECT candidate.id, candidate.business_id, job.due_on
    FROM candidate JOIN job ON job.member_id = candidate.id CROSS JOIN offer
    WHERE job.due_on > offer.due_on
),
room AS (
    SELECT d.member_id,
           min(
               (SELECT sum(span.per_week * (least(span.until_on, d.due_on + 1) - greatest(span.from_on, %(as_of)s::date + 1)))
                FROM span
                WHERE span.business_id = d.business_id
                  AND least(span.until_on, d.due_on + 1) > greatest(span.from_on, %(as_of)s::date + 1)) / 7.0
               - coalesce(
                   (SELECT sum(job.quantity) FROM job WHERE job.member_id = d.member_id AND job.due_on <= d.due_on), 0
               )
           ) AS free
    FROM deadline d
    GROUP BY d.member_id
),
made AS (
    SELECT c.member_id, count(*) AS times, max(d.confirmed_on) AS last_on
    FROM orders_delivery d
    JOIN orders_claim c ON c.id = d.claim_id
    JOIN orders_surplus s ON s.id = c.surplus_id
    JOIN orders_orderline l ON l.id = s.line_id
    WHERE l.item_id = (SELECT item_id FROM offer) AND d.accepted > 0 AND d.confirmed_on <= %(as_of)s
    GROUP BY c.member_id
),
received AS (
    SELECT c.member_id, sum((c.quantity - c.withdrawn) * s.maker_price)::bigint AS worth
    FROM orders_claim c
    JOIN orders_surplus s ON s.id = c.surplus_id
    WHERE c.claimed_on > %(as_of)s::date - 365 AND c.claimed_on <= %(as_of)s
      AND (%(members)s::bigint[] IS NULL OR c.member_id = ANY(%(members)s))
    GROUP BY c.member_id
)
SELECT candidate.id, candidate.name, candidate.user_id, candidate.phone, candidate.business,
       coalesce(made.times, 0)::int AS times_made,
       made.last_on AS last_made_on,
       offer.skill_id IS NULL OR EXISTS (
           SELECT FROM members_business_skills has
           WHERE has.business_id = candidate.business_id AND has.skill_id = offer.skill_id
       ) AS has_skill,
       CASE WHEN EXISTS (SELECT FROM orders_capacity own WHERE own.business_id = candidate.business_id)
            THEN greatest(floor(coalesce(room.free, 0)), 0) END AS free,
       coalesce(busy.jobs, 0)::int AS jobs,
       coalesce(received.worth, 0)::bigint AS received,
       CASE WHEN busy.jobs > 0 THEN 0
            ELSE greatest((%(as_of)s::date - greatest(
                candidate.entered_on,
                (SELECT max(o.finished_on) FROM orders_order o
                 WHERE o.member_id = candidate.id AND o.finished_on <= %(as_of)s),
                (SELECT max(d.delivered_on) FROM orders_delivery d JOIN orders_claim c ON c.id = d.claim_id
                 WHERE c.member_id = candidate.id AND d.delivered_on <= %(as_of)s)
            )) / 7, 0) END AS weeks_idle
FROM candidate
CROSS JOIN offer
JOIN room ON room.member_id = candidate.id
LEFT JOIN busy ON busy.member_id = candidate.id
LEFT JOIN made ON made.member_id = candidate.id
LEFT JOIN received ON received.member_id = candidate.id
ORDER BY candidate.id
