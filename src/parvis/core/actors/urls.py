"""Addresses of accounts, under /compte/."""

from django.contrib.auth import views as auth
from django.urls import path

from parvis.core.actors import views

urlpatterns = [
    path("", views.account, name="account"),
    path("connexion/", views.SignIn.as_view(), name="login"),
    path("deconnexion/", auth.LogoutView.as_view(), name="logout"),
    path("mot-de-passe/", views.ChangePassword.as_view(), name="password-change"),
    path("mot-de-passe/change/", views.password_changed, name="password-changed"),
]
