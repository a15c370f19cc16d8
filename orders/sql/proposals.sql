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
    SELECT j.member_id, j.order_id, j.claim_id
    FROM orders_jobs(%(as_of)s) j
    WHERE %(members)s::bigint[] IS NULL OR j.member_id = ANY(%(members)s)
),
busy AS (
    SELECT member_id, count(DISTINCT (order_id, claim_id)) AS jobs FROM job GROUP BY member_id
),
room AS (
    SELECT free.member_id, free.free
    FROM offer
    CROSS JOIN LATERAL orders_free(%(as_of)s, offer.item_id, offer.due_on, %(members)s) free
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
    SELECT c.member_id, sum((c.quantity - c.withdrawn) * c.maker_price)::bigint AS worth
    FROM orders_claim c
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
       room.free,
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
