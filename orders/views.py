from django.http import HttpResponse

from core.http import public


@public
def _soon(request, pk=None):
    return HttpResponse(status=404)


index = work = take = export_orders = detail = finish = cancel = capacity = post_surplus = board = surplus = _soon
withdraw_surplus = claim = withdraw_claim = deliver = confirm = settle = settlements = pay_out = _soon
reverse_settlement = _soon
