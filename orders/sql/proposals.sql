-- Who could be asked for one offer, with the facts that decide: skill, room until it is due, work in hand, weeks
-- without work, work of neighbours in the year before. `members` narrows it to some. Room is worked out for the first
-- `shortlist` only, by everything else that decides: among 100,000 members nobody asks more than a few.
WITH offer AS (
    SELECT s.id, s.due_on, l.item_id, i.skill_id, o.member_id AS holder_id
    FROM orders_offer s
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    JOIN pricing_item i ON i.id = l.item_id
    WHERE s.id = %(offer)s
),
busy AS (
    SELECT j.member_id, count(DISTINCT (j.order_id, j.claim_id)) AS jobs
    FROM orders_jobs(%(as_of)s) j
    WHERE %(members)s::bigint[] IS NULL OR j.member_id = ANY(%(members)s)
    GROUP BY j.member_id
),
made AS (
    SELECT c.member_id, count(*) AS times, max(d.confirmed_on) AS last_on,
           (array_agg(o.number ORDER BY d.confirmed_on DESC, d.id DESC))[1] AS last_order,
           (array_agg(d.accepted ORDER BY d.confirmed_on DESC, d.id DESC))[1] AS last_accepted
    FROM orders_delivery d
    JOIN orders_claim c ON c.id = d.claim_id
    JOIN orders_offer s ON s.id = c.offer_id
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    WHERE l.item_id = (SELECT item_id FROM offer) AND d.accepted > 0 AND d.confirmed_on <= %(as_of)s
    GROUP BY c.member_id
),
received AS (
    -- accepted, or still in hand; what came back brought no money
    SELECT c.member_id, round(sum((c.quantity - c.withdrawn - coalesce(bad.quantity, 0)) * c.maker_price))::bigint AS worth
    FROM orders_claim c
    LEFT JOIN LATERAL (
        SELECT sum(d.rejected) AS quantity
        FROM orders_delivery d
        WHERE d.claim_id = c.id AND d.confirmed_on <= %(as_of)s
    ) bad ON true
    WHERE c.claimed_on > %(as_of)s::date - 365 AND c.claimed_on <= %(as_of)s
      AND (%(members)s::bigint[] IS NULL OR c.member_id = ANY(%(members)s))
    GROUP BY c.member_id
),
finished AS (
    SELECT member_id, max(day) AS last_on
    FROM (
        SELECT o.member_id, o.finished_on AS day
        FROM orders_order o
        WHERE o.finished_on <= %(as_of)s AND (%(members)s::bigint[] IS NULL OR o.member_id = ANY(%(members)s))
        UNION ALL
        SELECT c.member_id, d.delivered_on
        FROM orders_delivery d
        JOIN orders_claim c ON c.id = d.claim_id
        WHERE d.delivered_on <= %(as_of)s AND (%(members)s::bigint[] IS NULL OR c.member_id = ANY(%(members)s))
    ) AS done
    GROUP BY member_id
),
asking AS (
    SELECT member_id, until_on
    FROM orders_freehands
    WHERE ended_on IS NULL AND told_on <= %(as_of)s AND until_on >= %(as_of)s
),
able AS (
    SELECT offer.skill_id IS NULL AS everybody,
           ARRAY(SELECT has.business_id FROM members_business_skills has WHERE has.skill_id = offer.skill_id) AS businesses
    FROM offer
),
candidate AS (
    SELECT m.id, m.name, m.user_id, m.phone, b.name AS business, coalesce(made.times, 0)::int AS times_made,
           made.last_on AS last_made_on, made.last_order, made.last_accepted,
           able.everybody OR b.id = ANY(able.businesses) AS has_skill,
           coalesce(busy.jobs, 0)::int AS jobs, coalesce(received.worth, 0)::bigint AS received,
           asking.until_on AS asks_until,
           CASE WHEN busy.jobs > 0 THEN 0
                ELSE greatest((%(as_of)s::date - greatest(m.entered_on, finished.last_on)) / 7, 0) END AS weeks_idle
    FROM members_member m
    JOIN members_business b ON b.member_id = m.id
    CROSS JOIN able
    LEFT JOIN busy ON busy.member_id = m.id
    LEFT JOIN made ON made.member_id = m.id
    LEFT JOIN received ON received.member_id = m.id
    LEFT JOIN finished ON finished.member_id = m.id
    LEFT JOIN asking ON asking.member_id = m.id
    WHERE m.entered_on <= %(as_of)s
      AND (m.left_on IS NULL OR m.left_on > %(as_of)s)
      AND m.id <> (SELECT holder_id FROM offer)
      AND (%(members)s::bigint[] IS NULL OR m.id = ANY(%(members)s))
    ORDER BY (made.times IS NOT NULL OR able.everybody OR b.id = ANY(able.businesses)) DESC, jobs, weeks_idle DESC,
             received, made.times DESC NULLS LAST, m.id
    LIMIT %(shortlist)s
),
room AS MATERIALIZED (
    SELECT free.member_id, free.free
    FROM offer
    CROSS JOIN LATERAL orders_free(
        %(as_of)s, offer.item_id, offer.due_on, ARRAY(SELECT id FROM candidate)
    ) free
)
SELECT candidate.*, room.free
FROM candidate
LEFT JOIN room ON room.member_id = candidate.id
ORDER BY candidate.id
