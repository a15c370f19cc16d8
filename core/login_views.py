"""Getting in: logging in and out, the password, where one is logged in, and a new password for an officer."""

from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import dates, devices, services
from core.errors import Refused
from core.forms import ChangePasswordForm, ConfirmationForm, LoginForm, RenewalForm
from core.http import public, require, submit
from core.models import Login, Renewal
from core.pages import FormPage, crumbs, form_page, show_form
from core.permissions import Permission


class LoginView(auth.LoginView):
    template_name = "core/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        return enter(self.request, form.get_user(), to=self.get_success_url())


login = public(LoginView.as_view())
logout = public(auth.LogoutView.as_view())


def enter(request, user, *, to):
    """Begin the session of somebody who has proved who they are, on a device that is known from now on."""
    devices.give(request)
    begin_session(request, user)
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


# -- where one is logged in ------------------------------------------------------------------------------------------


def open_logins(request) -> dict:
    """The logins of this person that are open now, the newest first, and which of them this is."""
    alive = Session.objects.filter(expire_date__gt=dates.now()).values("session_key")
    logins = Login.objects.filter(user=request.user, ended_at=None, session_key__in=alive).order_by("-at")
    return {"logins": logins, "this_session": request.session.session_key}


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
