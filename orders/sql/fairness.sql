-- Given and taken between neighbours from `first` to `last`, per member with a workshop, and how they stand on `last`.
-- In the order in which members could be asked next (`place`): fewest jobs in hand, longest without work, least received.
-- `member` asks for one of them.
WITH maker AS (
    SELECT m.id, m.name, m.number, m.entered_on, b.name AS business
    FROM members_member m
    JOIN members_business b ON b.member_id = m.id
    WHERE m.entered_on <= %(last)s AND (m.left_on IS NULL OR m.left_on > %(last)s)
),
work AS (
    -- what was counted as good is money; what was only taken, or came back, is not
    SELECT c.member_id AS maker_id, o.member_id AS holder_id, d.accepted AS quantity, d.accepted * c.maker_price AS worth
    FROM orders_delivery d
    JOIN orders_claim c ON c.id = d.claim_id
    JOIN orders_offer s ON s.id = c.offer_id
    JOIN orders_orderline l ON l.id = s.line_id
    JOIN orders_order o ON o.id = l.order_id
    WHERE d.confirmed_on BETWEEN %(first)s AND %(last)s AND d.accepted > 0
),
taken AS (
    SELECT maker_id AS id, sum(quantity) AS quantity, round(sum(worth))::bigint AS worth FROM work GROUP BY 1
),
given AS (
    SELECT holder_id AS id, sum(quantity) AS quantity, round(sum(worth))::bigint AS worth FROM work GROUP BY 1
),
sent AS (
    -- what is mended and sent again is the same pieces: they count once
    SELECT id, sum(least(sent, in_hand)) AS sent, sum(in_time) AS in_time, sum(least(received, in_hand)) AS received,
           sum(least(not_good, in_hand)) AS not_good
    FROM (
        SELECT c.member_id AS id, c.quantity - c.withdrawn AS in_hand, sum(d.delivered) AS sent,
               sum(d.kept) FILTER (WHERE d.delivered_on <= s.due_on) AS in_time,
               sum(d.received) AS received, sum(d.rejected + d.reworked) AS not_good
        FROM orders_delivery d
        JOIN orders_claim c ON c.id = d.claim_id
        JOIN orders_offer s ON s.id = c.offer_id
        WHERE d.delivered_on BETWEEN %(first)s AND %(last)s
        GROUP BY c.id, s.id
    ) AS of_claim
    GROUP BY 1
),
stock AS (
    SELECT t.member_id AS id,
           count(*) FILTER (WHERE t.kind IN ('lent', 'given') AND i.kind = 'material') AS material_given,
           count(*) FILTER (WHERE t.kind IN ('borrowed', 'received') AND i.kind = 'material') AS material_taken,
           count(*) FILTER (WHERE t.kind IN ('lent', 'given') AND i.kind = 'product') AS goods_given,
           count(*) FILTER (WHERE t.kind IN ('borrowed', 'received') AND i.kind = 'product') AS goods_taken
    FROM stock_stockmovement t
    JOIN pricing_item i ON i.id = t.item_id
    WHERE t."on" BETWEEN %(first)s AND %(last)s AND t.kind IN ('lent', 'given', 'borrowed', 'received')
    GROUP BY 1
),
busy AS (
    SELECT j.member_id AS id, count(DISTINCT (j.order_id, j.claim_id)) AS jobs
    FROM orders_jobs(%(last)s) j
    GROUP BY 1
),
finished AS (
    SELECT id, max(day) AS last_on
    FROM (
        SELECT o.member_id AS id, o.finished_on AS day FROM orders_order o WHERE o.finished_on <= %(last)s
        UNION ALL
        SELECT c.member_id, d.delivered_on
        FROM orders_delivery d JOIN orders_claim c ON c.id = d.claim_id
        WHERE d.delivered_on <= %(last)s
    ) AS done
    GROUP BY 1
)
SELECT ranked.*, count(*) OVER ()::int AS members
FROM (
    SELECT maker.id, maker.name, maker.business,
           coalesce(taken.quantity, 0) AS taken, coalesce(taken.worth, 0)::bigint AS taken_worth,
           coalesce(given.quantity, 0) AS given, coalesce(given.worth, 0)::bigint AS given_worth,
           coalesce(sent.sent, 0) AS sent, coalesce(sent.in_time, 0) AS in_time,
           coalesce(sent.received, 0) AS received, coalesce(sent.not_good, 0) AS not_good,
           coalesce(stock.material_given, 0)::int AS material_given, coalesce(stock.material_taken, 0)::int AS material_taken,
           coalesce(stock.goods_given, 0)::int AS goods_given, coalesce(stock.goods_taken, 0)::int AS goods_taken,
           coalesce(busy.jobs, 0)::int AS jobs, idle.weeks AS weeks_idle,
           row_number() OVER (
               ORDER BY coalesce(busy.jobs, 0), idle.weeks DESC, coalesce(taken.worth, 0), maker.number
           )::int AS place
    FROM maker
    LEFT JOIN taken ON taken.id = maker.id
    LEFT JOIN given ON given.id = maker.id
    LEFT JOIN sent ON sent.id = maker.id
    LEFT JOIN stock ON stock.id = maker.id
    LEFT JOIN busy ON busy.id = maker.id
    LEFT JOIN finished ON finished.id = maker.id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN busy.jobs > 0 THEN 0
               ELSE greatest((%(last)s::date - greatest(maker.entered_on, finished.last_on)) / 7, 0) END AS weeks
    ) AS idle
) AS ranked
WHERE (%(search)s = '' OR name ILIKE '%%' || %(search)s || '%%' OR business ILIKE '%%' || %(search)s || '%%')
  AND (%(member)s::bigint IS NULL OR id = %(member)s)
ORDER BY place
LIMIT %(limit)s OFFSET %(offset)s
