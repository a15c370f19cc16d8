-- What went to each buyer between two days, in rupiah, the largest first; of it what members sold themselves.
SELECT partner.id, partner.name, partner.market, greatest(sum(round(sent.quantity * line.price)), 0)::bigint AS amount,
       greatest(sum(round(sent.quantity * line.price)) FILTER (WHERE o.seller = 'member'), 0)::bigint AS direct
FROM (
    --include sales/sql/moved.sql--
) AS sent
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN orders_order AS o ON o.id = line.order_id
JOIN members_partner AS partner ON partner.id = o.partner_id
WHERE sent.moved_on BETWEEN %(first)s AND %(last)s
GROUP BY partner.id
ORDER BY amount DESC, partner.name
