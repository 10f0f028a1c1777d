from django.urls import path

from parvis.core.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("a-propos/", views.about, name="about"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees-et-licences/", views.data, name="data"),
    path("plan-du-site/", views.site_map, name="site-map"),
]
