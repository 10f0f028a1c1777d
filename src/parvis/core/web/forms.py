"""How forms are drawn and answered: what is typed stays, and a refusal is said where the person looks."""

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.forms import Form
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from parvis.core.errors import ParvisError
from parvis.core.web.page import Page, show


class FrenchForms(TemplatesSetting):
    """Our field template, for every form of the site (the back office keeps its own)."""

    field_template_name = "web/parts/field.html"


class FormPage(Page, Protocol):
    """A page that holds one form, and says where one comes back to: a title and an address."""

    @property
    def form(self) -> Form: ...

    @property
    def back(self) -> tuple[str, str]: ...


def answer_form(
    request: HttpRequest, template: str, page: FormPage, act: Callable[[], object], done: str
) -> HttpResponseBase:
    """Do the act if the form is sound, say so, and go back; a refusal by the domain is said on the form."""
    if request.method == "POST" and page.form.is_valid():
        try:
            act()
        except ParvisError as refusal:
            page.form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(page.back[1])
    return show(request, template, page)
