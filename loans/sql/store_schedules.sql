-- All instalments in one statement: of one loan or of a hundred thousand. Arrays of equal length.
INSERT INTO loans_instalment (loan_id, version, number, due_on, principal, interest, fee)
SELECT loan_id, %(version)s, number, due_on, principal, interest, fee
FROM unnest(
    %(loans)s::bigint[], %(numbers)s::smallint[], %(due)s::date[], %(principals)s::bigint[], %(interests)s::bigint[],
    %(fees)s::bigint[]
) AS row (loan_id, number, due_on, principal, interest, fee);
