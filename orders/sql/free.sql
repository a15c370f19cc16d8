-- The free capacity of some workshops, or with NULL of all, for an item until a day.
SELECT member_id, free FROM orders_free(%(as_of)s, %(item)s, %(until)s, %(members)s)
