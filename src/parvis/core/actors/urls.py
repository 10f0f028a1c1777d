"""Addresses of accounts, under /compte/. Those that bear allauth's names are the ones that it looks for."""

from django.contrib.auth import views as auth
from django.urls import path

from parvis.core.actors import views
from parvis.core.actors.oidc import views as oidc
from parvis.core.actors.passkeys import views as passkeys
from parvis.core.actors.rights import views as rights
from parvis.core.actors.signing import views as signing

urlpatterns = [
    path("", views.account, name="account"),
    path("connexion/", signing.SignIn.as_view(), name="login"),
    path("connexion/", signing.SignIn.as_view(), name="account_login"),
    path("connexion/cle/", passkeys.allauth.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion/", auth.LogoutView.as_view(), name="logout"),
    path("deconnexion/partout/", signing.leave_everywhere, name="logout-everywhere"),
    path("inscription/", signing.sign_up, name="sign-up"),
    path("inscription/<str:token>/", signing.sign_up_link, name="sign-up-link"),
    path("courriel/", signing.mail_sent, name="mail-sent"),
    path("mot-de-passe/", views.ChangePassword.as_view(), name="password-change"),
    path("mot-de-passe/change/", views.password_changed, name="password-changed"),
    path("mot-de-passe/oublie/", signing.password_forgotten, name="password-forgotten"),
    path("mot-de-passe/nouveau/<str:token>/", signing.password_link, name="password-link"),
    path("verification/", passkeys.ProveAgain.as_view(), name="account_reauthenticate"),
    path("verification/cle/", passkeys.ProveAgainByKey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("cles/", passkeys.keys, name="mfa_list_webauthn"),
    path("cles/ajouter/", passkeys.AddKey.as_view(), name="mfa_add_webauthn"),
    path("cles/<int:pk>/retirer/", passkeys.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("fournisseur/", oidc.leave, name="provider"),
    path("fournisseur/retour/", oidc.come_back, name="provider-callback"),
    path("fournisseur/premiere-visite/", oidc.first_time, name="socialaccount_signup"),
    path("donnees/", rights.data, name="account-data"),
    path("effacer/", rights.erase, name="erase"),
    path("efface/", rights.erased, name="erased"),
    path("nom/", signing.name, name="name"),
    path("adresse/", signing.address, name="address"),
    path("adresse/<str:token>/", signing.address_link, name="address-link"),
]
