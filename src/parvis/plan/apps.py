from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "parvis.plan"
    verbose_name = "Le plan"
    axis = 0
