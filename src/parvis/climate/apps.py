from django.apps import AppConfig


class ClimateConfig(AppConfig):
    name = "parvis.climate"
    verbose_name = "Climat et développement durable"
    axis = 5
