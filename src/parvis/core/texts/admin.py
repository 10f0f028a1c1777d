"""The back office of texts: to look only. A text enters by its reader, a version by an act; none is edited."""

from django.contrib import admin
from django.urls import reverse

from parvis.core.texts.models import Text, Version


@admin.register(Text)
class TextAdmin(admin.ModelAdmin):
    """Texts are read here; their readers publish them."""

    list_display = ("slug", "kind", "short_title", "is_fictitious")
    list_filter = ("kind", "is_fictitious")
    search_fields = ("slug", "title", "short_title")
    address = staticmethod(lambda one: reverse("text", args=[one.slug]))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, obj):
        return self.address(obj)


@admin.register(Version)
class VersionAdmin(TextAdmin):
    """Versions are read here; they are published by their act, and sealed."""

    list_display = ("text", "number", "slug", "title", "dated", "sha256")
    list_filter = ("text",)
    search_fields = ("slug", "title", "sha256")
    address = staticmethod(lambda one: reverse("text-version", args=[one.text.slug, one.slug]))
