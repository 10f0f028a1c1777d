"""Addresses of the plan, its organisations and its numbers."""

from django.urls import path, re_path

from parvis.core.undertakings import views
from parvis.core.undertakings.desk import views as desk
from parvis.core.undertakings.measures import views as measures
from parvis.core.undertakings.succession import views as succession

COMMITMENT = r"^plan/(?P<slug>(?:[a-z0-9-]+/)+engagement-[0-9]+)/"

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/export/", views.export, name="plan-export"),
    path("plan/evolution/", succession.drifted, name="plan-drift"),
    path("plan/jalons/<slug:key>/", views.milestone, name="milestone"),
    path("plan/jalons/<slug:key>/abandonner/", desk.abandon, name="milestone-abandon"),
    path("plan/jalons/<slug:key>/reprendre/", desk.resume, name="milestone-resume"),
    path("plan/declarations/<int:number>/retirer/", desk.withdraw, name="claim-withdraw"),
    path("plan/revues/", measures.reviews, name="reviews"),
    path("plan/revues/<slug:slug>/", measures.review, name="review"),
    re_path(f"{COMMITMENT}$", views.commitment, name="commitment"),
    re_path(f"{COMMITMENT}declarer/$", desk.claim, name="claim"),
    re_path(f"{COMMITMENT}juger/$", desk.judge, name="judge"),
    path("plan/<slug:axis>/", views.axis, name="plan-axis"),
    path("plan/<slug:axis>/<slug:subaxis>/", views.subaxis, name="plan-subaxis"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("nombres/<int:number>/", measures.number, name="measure"),
    path("nombres/<int:number>/lignes/", measures.rows, name="measure-rows"),
    path("nombres/<int:number>/recalculer.sql", measures.script, name="measure-script"),
    path("nombres/<int:number>/recalculer.py", measures.program, name="measure-program"),
]
