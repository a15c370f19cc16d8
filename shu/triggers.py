"""What the database refuses: changes to figures that were put before the members."""

import pgtrigger

FIGURES_STAY = pgtrigger.ReadOnly(
    name="figures_stay", fields=["year", "rules", "result_usp", "result_umum", "proposed_on", "proposed_by"]
)

PART_STAYS = pgtrigger.ReadOnly(
    name="part_stays",
    fields=["distribution", "member", "capital", "business", "capital_part", "business_part"],
)

PAID_ONCE = pgtrigger.Protect(
    name="paid_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__paid_on__isnull=False)
)
"""A payment is final."""

NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
