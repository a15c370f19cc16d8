-- How many lines a member has on an account between two days, and their sums.
SELECT count(*)::bigint AS count, coalesce(sum(debit), 0)::bigint AS debit, coalesce(sum(credit), 0)::bigint AS credit
FROM ledger_line
WHERE member_id = %(member)s AND account_id = %(account)s AND date BETWEEN %(first)s AND %(last)s
