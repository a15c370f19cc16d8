"""Getting in: logging in and out, the password, where one is logged in, and a new password for an officer."""

from urllib.parse import urlencode

import segno
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import update_session_auth_hash, user_login_failed
from django.contrib.auth import views as auth
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from core import dates, devices, error_views, services
from core.errors import Refused
from core.forms import ChangePasswordForm, CodeForm, ConfirmationForm, LoginForm, RenewalForm, SetUpForm
from core.http import PROVED, proved_lately, public, require, submit
from core.models import Login, Renewal, User
from core.pages import FormPage, crumbs, form_page, show_form
from core.permissions import Permission
from core.services.second_factor import address_of, new_secret

WAITS = "waits_for_code"
"""In the session of somebody whose password was right and whose second factor is asked for: who, and since when."""

WAITS_FOR = 10 * 60


class LoginView(auth.LoginView):
    template_name = "core/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        user = form.get_user()
        if user.has_second_factor():
            self.request.session[WAITS] = [user.pk, user.get_session_auth_hash(), dates.now().timestamp()]
            return redirect(f"{reverse('login-code')}?{urlencode({'next': self.get_success_url()})}")
        return enter(self.request, user, to=self.get_success_url())


login = public(LoginView.as_view())
logout = public(auth.LogoutView.as_view())


@public
@never_cache
def login_code(request):
    """The second step: the code of the telephone, or one of the printed ones. Wrong ones count as wrong passwords."""
    user = _who_waits(request)
    if user is None:
        return redirect("login")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        credentials = {"username": user.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            return error_views.locked_out(request)
        if services.prove(user, code=form.cleaned_data["code"]):
            return enter(request, user, to=_next(request), proved=True)
        user_login_failed.send(__name__, credentials=credentials, request=request)
        form.add_error("code", WRONG)
    return render(request, "core/login_code.html", {"form": form})


WRONG = gettext_lazy("This code is wrong or was used before. Wait for the next one, and type it as it is shown.")


def _who_waits(request):
    pk, proof, since = request.session.get(WAITS, (None, "", 0))
    user = User.objects.filter(pk=pk, is_active=True).first()
    is_same = user is not None and constant_time_compare(user.get_session_auth_hash(), proof)
    return user if is_same and dates.now().timestamp() - since < WAITS_FOR else None


def _next(request) -> str:
    """Where somebody wanted to go, in this house."""
    address = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else reverse("home")


def enter(request, user, *, to, proved=False):
    """Begin the session of somebody who has proved who they are, on a device that is known from now on."""
    devices.give(request)
    request.session.pop(WAITS, None)
    begin_session(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if proved:
        request.session[PROVED] = dates.now().timestamp()
    services.log_in(
        user,
        device=devices.digest(request),
        what=devices.described(request),
        session_key=request.session.session_key,
    )
    response = HttpResponseRedirect(to)
    devices.remember(request, response)
    return response


@require(Permission.OWN)
def password_change(request):
    form = ChangePasswordForm(request, request.POST or None)
    if form.is_valid():
        try:
            services.change_password(request.user, password=form.cleaned_data["new_password1"])
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed."))
            return redirect("home")
    return render(request, "core/password_change.html", {"form": form})


# -- the second factor -----------------------------------------------------------------------------------------------


@require(Permission.OWN)
@never_cache
def prove(request):
    """Before money, roles and months: is it still the one who logged in?"""
    form = CodeForm(request.POST or None)
    if not request.user.has_second_factor():
        return redirect("second-factor")
    if form.is_valid():
        credentials = {"username": request.user.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            return error_views.locked_out(request)
        if services.prove(request.user, code=form.cleaned_data["code"]):
            request.session[PROVED] = dates.now().timestamp()
            return redirect(_next(request))
        user_login_failed.send(__name__, credentials=credentials, request=request)
        form.add_error("code", WRONG)
    page = FormPage(
        title=_("Is it still you?"),
        action=_("Go on"),
        lead=_("Type the code of your telephone, or a recovery code, before this page opens."),
        crumbs=crumbs(),
    )
    return show_form(request, form, page)


@require(Permission.OWN)
@never_cache
def second_factor(request):
    """Set it up: the square for the telephone, its code, then the recovery codes, which are shown once."""
    user = request.user
    if user.has_second_factor():
        return redirect("account")
    form = SetUpForm(request.POST or None)
    secret = _secret_of(request)
    if form.is_valid() and secret:
        code = form.cleaned_data["code"].replace(" ", "")
        if codes := submit(form, services.set_up_second_factor, user, secret=secret, code=code):
            request.session[PROVED] = dates.now().timestamp()
            return render(request, "core/recovery_codes.html", {"codes": codes})
    if not secret:
        secret = new_secret()
        form = SetUpForm(initial={"secret": signing.dumps([user.pk, secret], salt=SET_UP)})
    context = {
        "form": form,
        "secret": secret,
        "square": segno.make_qr(address_of(user, secret)).svg_data_uri(scale=5, border=2),
        "is_needed": user.needs_second_factor(dates.today()),
    }
    return render(request, "core/second_factor.html", context)


SET_UP = "core.second_factor"


def _secret_of(request) -> str:
    """The secret that the page gave to this person within the hour, or ""."""
    try:
        pk, secret = signing.loads(request.POST.get("secret", ""), salt=SET_UP, max_age=3600)
    except signing.BadSignature:
        return ""
    return secret if pk == request.user.pk else ""


@require(Permission.OWN)
@proved_lately
def remove_second_factor(request):
    def set_up_next(_removed):
        request.session.pop(PROVED, None)
        return reverse("second-factor")

    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.remove_second_factor,
        request.user,
        by=request.user,
        done=_("The second factor is removed. Set up the new one."),
        to=set_up_next,
        page=FormPage(
            title=_("Remove the second factor"),
            danger=True,
            crumbs=crumbs((_("My account"), "account")),
            consequences=[
                _("The codes of your telephone and your recovery codes stop working."),
                _("Officers set up another one next; members may log in with the password alone."),
            ],
        ),
    )


@require(Permission.OWN)
@proved_lately
@never_cache
def recovery_codes(request):
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and (codes := submit(form, services.renew_recovery_codes, request.user)):
        return render(request, "core/recovery_codes.html", {"codes": codes})
    page = FormPage(
        title=_("New recovery codes"),
        crumbs=crumbs((_("My account"), "account")),
        consequences=[_("Ten codes are shown once, to be printed or written down. The earlier ones stop working.")],
    )
    return show_form(request, form, page)


# -- where one is logged in ------------------------------------------------------------------------------------------


def open_logins(request) -> dict:
    """The logins of this person that are open now, the newest first, and which of them this is."""
    alive = Session.objects.filter(expire_date__gt=dates.now()).values("session_key")
    logins = Login.objects.filter(user=request.user, ended_at=None, session_key__in=alive).order_by("-at")
    return {
        "logins": logins,
        "this_session": request.session.session_key,
        "has_second_factor": request.user.has_second_factor(),
    }


@require(Permission.OWN)
def end_login(request, pk):
    found = get_object_or_404(Login, pk=pk, user=request.user)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.end_login,
        found,
        by=request.user,
        done=_("The login is ended. Whoever has that device needs the password again."),
        page=FormPage(
            title=_("End this login"),
            crumbs=crumbs((_("My account"), "account")),
            facts=[(_("Device"), found.what), (_("Since"), dates.moment(found.at))],
            consequences=[_("On that device the password is asked for again.")],
        ),
    )


# -- a new password for an officer -----------------------------------------------------------------------------------


@require(Permission.LOGIN_RENEW)
def renewals(request):
    rows = Renewal.objects.select_related("user", "asked_by", "answered_by").order_by("-asked_at")[:50]
    return render(request, "core/renewals.html", {"renewals": rows})


@require(Permission.LOGIN_RENEW)
def ask_for_renewal(request):
    return form_page(
        request,
        RenewalForm(request.POST or None, by=request.user),
        services.ask_for_renewal,
        by=request.user,
        done=_("Another officer is asked to confirm it."),
        page=FormPage(
            title=_("Ask for an officer's new password"),
            action=_("Ask"),
            lead=_("For an officer who has forgotten it. A third officer confirms it."),
            crumbs=crumbs((_("Officers' passwords"), "renewals")),
        ),
    )


@require(Permission.LOGIN_RENEW)
@proved_lately
@never_cache
def confirm_renewal(request, pk):
    """The temporary password is shown once, in the answer to the button, and is kept nowhere."""
    found = get_object_or_404(Renewal.objects.select_related("user", "asked_by"), pk=pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and (password := submit(form, services.confirm_renewal, found, by=request.user)):
        return render(request, "core/renewed.html", {"renewal": found, "password": password})
    return show_form(
        request,
        form,
        _answer_page(
            found,
            title=_("Confirm the new password"),
            consequences=[
                _("The old password stops working at once, and every open login ends."),
                _("You see a temporary password once. Hand it over in person; it must be changed at the first login."),
            ],
        ),
    )


@require(Permission.LOGIN_RENEW)
def decline_renewal(request, pk):
    found = get_object_or_404(Renewal.objects.select_related("user", "asked_by"), pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.decline_renewal,
        found,
        by=request.user,
        done=_("It is declined; the password stays."),
        page=_answer_page(found, title=_("Decline the new password"), consequences=[_("The password stays as it is.")]),
    )


def _answer_page(renewal, **words) -> FormPage:
    return FormPage(
        crumbs=crumbs((_("Officers' passwords"), "renewals")),
        facts=[
            (_("Officer"), renewal.user.name),
            (_("Asked by"), renewal.asked_by.name),
            (_("Reason"), renewal.reason),
        ],
        **words,
    )
