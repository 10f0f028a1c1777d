"""How forms are drawn: label, help, errors and control tied together for those who do not see them."""

from django.forms.renderers import TemplatesSetting


class FrenchForms(TemplatesSetting):
    """Our field template, for every form of the site (the back office keeps its own)."""

    field_template_name = "web/parts/field.html"
