-- The board of surplus work for one member: open offers of others with something left, best suited first, each with
-- the facts behind its place. Work made before or for which the skill is written comes first, then what fits
-- entirely, then what fits in part; of equals the one due soonest, then the better paid.
WITH me AS (
    SELECT m.id, m.entered_on, b.id AS business_id
    FROM members_member m
    LEFT JOIN members_business b ON b.member_id = m.id
    WHERE m.id = %(member)s
),
job AS MATERIALIZED (
    SELECT j.order_id, j.claim_id, j.item_id, greatest(j.due_on, %(as_of)s) AS due_on, j.quantity
    FROM orders_jobs(%(as_of)s) j
    WHERE j.member_id = %(member)s
),
busy AS (
    SELECT count(DISTINCT (order_id, claim_id)) AS jobs FROM job
),
load AS (
    SELECT job.due_on, sum(job.quantity) AS pieces, sum(job.quantity * i.cutting) AS cutting,
           sum(job.quantity * i.sewing) AS sewing, sum(job.quantity * i.lasting) AS lasting,
           sum(job.quantity * i.finishing) AS finishing
    FROM job
    CROSS JOIN LATERAL orders_minutes(%(member)s, job.item_id) i
    GROUP BY job.due_on
),
offer AS MATERIALIZED (
    SELECT s.id, s.maker_price, s.material_included, s.due_on, s.closes_on, l.item_id, i.skill_id, i.name AS item,
           work.cutting, work.sewing, work.lasting, work.finishing, u.name AS unit, holder.name AS holder, s.quantity,
           s.quantity - coalesce(taken.quantity, 0) + coalesce(returned.quantity, 0) AS remaining
    FROM orders_offer s
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    JOIN members_member holder ON holder.id = o.member_id
    JOIN pricing_item i ON i.id = l.item_id
    CROSS JOIN LATERAL orders_minutes(%(member)s, l.item_id) work
    JOIN pricing_unit u ON u.id = i.base_unit_id
    LEFT JOIN LATERAL (
        SELECT sum(c.quantity - c.withdrawn) AS quantity FROM orders_claim c WHERE c.offer_id = s.id
    ) taken ON true
    LEFT JOIN LATERAL (
        SELECT sum(d.rejected) AS quantity
        FROM orders_claim c JOIN orders_delivery d ON d.claim_id = c.id
        WHERE c.offer_id = s.id
    ) returned ON true
    WHERE s.withdrawn_on IS NULL
      AND s.closes_on >= %(as_of)s
      AND s.posted_on <= %(as_of)s
      AND o.cancelled_on IS NULL
      AND o.finished_on IS NULL
      AND o.member_id <> %(member)s
),
deadline AS (
    SELECT due_on FROM offer UNION SELECT due_on FROM load
),
needed AS (
    SELECT due_on, sum(load.pieces) OVER w AS pieces, sum(load.cutting) OVER w AS cutting,
           sum(load.sewing) OVER w AS sewing, sum(load.lasting) OVER w AS lasting,
           sum(load.finishing) OVER w AS finishing
    FROM deadline LEFT JOIN load USING (due_on)
    WINDOW w AS (ORDER BY due_on)
),
room AS (
    SELECT needed.due_on,
           min(can.pieces - coalesce(needed.pieces, 0)) OVER onward AS pieces,
           min(can.cutting - coalesce(needed.cutting, 0)) OVER onward AS cutting,
           min(can.sewing - coalesce(needed.sewing, 0)) OVER onward AS sewing,
           min(can.lasting - coalesce(needed.lasting, 0)) OVER onward AS lasting,
           min(can.finishing - coalesce(needed.finishing, 0)) OVER onward AS finishing
    FROM needed
    CROSS JOIN LATERAL orders_can((SELECT business_id FROM me), %(as_of)s, needed.due_on) can
    WINDOW onward AS (ORDER BY needed.due_on ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
),
made AS (
    SELECT l.item_id, count(*)::int AS times, max(d.confirmed_on) AS last_on,
           (array_agg(o.number ORDER BY d.confirmed_on DESC, d.id DESC))[1] AS last_order,
           (array_agg(d.accepted ORDER BY d.confirmed_on DESC, d.id DESC))[1] AS last_accepted
    FROM orders_claim c
    JOIN orders_delivery d ON d.claim_id = c.id
    JOIN orders_offer s ON s.id = c.offer_id
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    WHERE c.member_id = %(member)s AND d.accepted > 0 AND d.confirmed_on <= %(as_of)s
    GROUP BY l.item_id
),
fit AS (
    SELECT offer.*, coalesce(made.times, 0) AS times_made, made.last_on AS last_made_on,
           made.last_order, made.last_accepted,
           CASE WHEN EXISTS (SELECT FROM orders_capacity WHERE business_id = (SELECT business_id FROM me))
                THEN greatest(floor(least(
                    room.pieces, room.cutting / nullif(offer.cutting, 0), room.sewing / nullif(offer.sewing, 0),
                    room.lasting / nullif(offer.lasting, 0), room.finishing / nullif(offer.finishing, 0)
                )), 0) END AS free,
           offer.skill_id IS NULL OR EXISTS (
               SELECT FROM members_business_skills has
               WHERE has.business_id = (SELECT business_id FROM me) AND has.skill_id = offer.skill_id
           ) AS has_skill
    FROM offer
    JOIN room ON room.due_on = offer.due_on
    LEFT JOIN made ON made.item_id = offer.item_id
    WHERE offer.remaining > 0
)
SELECT fit.id, fit.item, fit.unit, fit.holder, fit.quantity, fit.remaining, fit.maker_price, fit.material_included,
       fit.due_on, fit.closes_on, fit.times_made, fit.last_made_on, fit.last_order, fit.last_accepted, fit.has_skill,
       fit.free, busy.jobs::int AS jobs,
       coalesce(CASE WHEN busy.jobs > 0 THEN 0
            ELSE greatest((%(as_of)s::date - greatest(
                me.entered_on,
                (SELECT max(o.finished_on) FROM orders_order o
                 WHERE o.member_id = me.id AND o.finished_on <= %(as_of)s),
                (SELECT max(d.delivered_on) FROM orders_delivery d JOIN orders_claim c ON c.id = d.claim_id
                 WHERE c.member_id = me.id AND d.delivered_on <= %(as_of)s)
            )) / 7, 0) END, 0) AS weeks_idle,
       count(*) OVER ()::int AS offers
FROM fit CROSS JOIN busy LEFT JOIN me ON true
ORDER BY (fit.times_made > 0 OR fit.has_skill) DESC,
         CASE WHEN fit.free >= fit.remaining THEN 2 WHEN fit.free > 0 OR fit.free IS NULL THEN 1 ELSE 0 END DESC,
         fit.due_on, fit.maker_price DESC, fit.id
LIMIT %(limit)s OFFSET %(offset)s
