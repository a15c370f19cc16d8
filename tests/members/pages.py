"""How these tests fill in the pages of the register."""

NIK = "3471081708800001"
PERSON = {
    "name": "Sri Lestari",
    "nik": NIK,
    "born_on": "1980-08-17",
    "is_woman": "no",
    "phone": "0812 3456 7890",
    "address": "Keparakan Kidul MG I/1120",
    "rt": "54",
    "rw": "13",
    "on": "2025-01-06",
}


def sent(page, **typed):
    """What a browser would send: the form's hidden token (and version) with what was typed."""
    form = page.context["form"]
    hidden = {field.html_name: str(field.value()) for field in form.hidden_fields()}
    return hidden | {name: value for name, value in typed.items() if value is not None}


def post(client, url, **typed):
    return client.post(url, sent(client.get(url), **typed))


def errors(response):
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}
