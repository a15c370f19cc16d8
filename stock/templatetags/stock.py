"""What other rooms' pages show of this book: the bill of material on the page of an item."""

from django import template

from stock import queries

register = template.Library()


@register.inclusion_tag("stock/_bill.html")
def bill_of(item, may):
    """What goes into one of the item; nothing for a material."""
    lines = queries.bill(item) if item.kind == item.Kind.PRODUCT else []
    return {"item": item, "lines": lines, "may": may}
