from django.urls import path

from parvis.core.registers import views
from parvis.core.registers.leads import views as leads

urlpatterns = [
    path("", views.registers, name="registers"),
    path("<slug:register>/", views.register, name="register"),
    path("<slug:register>/lignes/", views.rows, name="register-rows"),
    path("<slug:register>/lignes/<path:key>/", views.row, name="register-row"),
    path("<slug:register>/questions/", views.questions, name="register-questions"),
    path("<slug:register>/questions/<slug:question>/", views.question, name="register-question"),
    path("<slug:register>/signaux/", leads.flags, name="register-flags"),
    path("<slug:register>/signaux/<slug:code>/", leads.flag, name="register-flag"),
    path("<slug:register>/signaux/<slug:code>/pistes/<path:subject>/", leads.lead, name="register-lead"),
    path("<slug:register>/signaux/<slug:code>/reponses/<int:number>/", leads.withdraw, name="reply-withdraw"),
    path("<slug:register>/versions/", views.releases, name="register-releases"),
    path("<slug:register>/versions/<slug:release>/", views.release, name="register-release"),
    path("<slug:register>/versions/<slug:release>/refus/", views.refused, name="register-refused"),
    path("<slug:register>/versions/<slug:release>/<str:name>", views.file, name="register-files"),
    path("<slug:register>/defauts/", views.defects, name="register-defects"),
    path("<slug:register>/schema/", views.schema, name="register-schema"),
    path("<slug:register>/croisement/<slug:crosswalk>/", views.crosswalk, name="register-crosswalk"),
    path("<slug:register>/<slug:role>/", views.parties, name="register-parties"),
    path("<slug:register>/<slug:role>/<path:key>/", views.party, name="register-party"),
]
