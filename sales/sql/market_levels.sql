-- What went to buyers, in rupiah by quarter and market level, at the prices of the orders: the cooperative's sales and
-- what members sold themselves.
SELECT extract(year FROM sent.moved_on)::int AS year, extract(quarter FROM sent.moved_on)::int AS number,
       coalesce(nullif(partner.market, ''), 'local') AS market, greatest(sum(round(sent.quantity * line.price)), 0)::bigint AS amount
FROM (
    --include sales/sql/moved.sql--
) AS sent
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN orders_order AS o ON o.id = line.order_id
JOIN members_partner AS partner ON partner.id = o.partner_id
WHERE sent.moved_on BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3
