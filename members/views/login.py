"""A member's login in the browser: given, linked, its password reset."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.http import require
from core.models import User
from core.permissions import Permission
from members import services
from members.forms.login import GiveLoginForm, LinkLoginForm, PasswordForm
from members.views.member import found, member_page


@require(Permission.LOGIN_GIVE)
def give_login(request, pk):
    member = found(request, pk, number__isnull=False)
    return member_page(
        request,
        member,
        GiveLoginForm(
            request.POST or None,
            owner=User(name=member.name),
            initial={"username": f"anggota{member.number:02d}"},
        ),
        services.give_login,
        member,
        done=lambda user: _("{name} can log in as {username} with the temporary password you wrote down.").format(
            name=member.name, username=user.username
        ),
        title=_("Give a login"),
        lead=_("With it {name} sees their own savings, loans and work on the telephone.").format(name=member.name),
        action=_("Give the login"),
        below="members/_link_login.html",
        context={"member": member},
    )


@require(Permission.LOGIN_GIVE)
def link_login(request, pk):
    """Say which officer this member is: officers had their logins before the register knew them."""
    member = found(request, pk, number__isnull=False)
    form = LinkLoginForm(request.POST or None)
    if not form.fields["user"].queryset.exists():
        messages.info(request, _("Every officer's login is linked. Give this member a login of their own."))
        return redirect("members:login", member.pk)
    return member_page(
        request,
        member,
        form,
        services.link_login,
        member,
        done=lambda linked: _("The login {username} belongs to {name} now.").format(
            username=linked.user.username, name=linked.name
        ),
        title=_("Link an officer's login"),
        lead=_(
            "Officers are members too. With the login linked, {name} sees own savings and loans, decides on "
            "nothing of their own, and does not read who reported them."
        ).format(name=member.name),
        action=_("Link the login"),
    )


@require(Permission.LOGIN_GIVE)
def reset_password(request, pk):
    member = found(request, pk, user__isnull=False)
    return member_page(
        request,
        member,
        PasswordForm(request.POST or None, owner=member.user),
        services.reset_password,
        member,
        done=_("{name} has the new temporary password you wrote down.").format(name=member.name),
        title=_("New temporary password"),
        lead=_("For {name}, user name {username}. The old password stops working at once.").format(
            name=member.name, username=member.user.username
        ),
        action=_("Set the password"),
    )
