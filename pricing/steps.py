"""The steps of the trade, in the order in which a piece goes through them. No database, no Django."""

STEPS = ("cutting", "sewing", "lasting", "finishing")
