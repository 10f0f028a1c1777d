from django.apps import AppConfig


class ClimateConfig(AppConfig):
    name = "parvis.climate"
    verbose_name = "Climat et développement durable"
    axis = 5

    def ready(self):
        from parvis.core.web import front  # noqa: PLC0415 -- addresses exist from here on only

        front.SECTIONS.append(map_section)


def map_section():
    """Give the site map the pages that this room adds to those of the nouns."""
    from django.urls import reverse  # noqa: PLC0415

    from parvis.core.web.front import Section  # noqa: PLC0415
    from parvis.core.web.parts import Step  # noqa: PLC0415

    return Section("Climat", 18, (Step("La part d’un pays dans le réchauffement", reverse("climate-nation")),))
