from django.contrib import admin

from parvis.core.registers.models import FlagReply, Release


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Releases are read here; they are published and withdrawn by their acts."""

    list_display = ("register", "source", "loaded_at", "source_name", "fictitious", "withdrawn_at")
    list_filter = ("register", "fictitious")
    search_fields = ("hash", "source", "source_name")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(FlagReply)
class FlagReplyAdmin(ReleaseAdmin):
    """Replies are read here; they are received by their act."""

    list_display = ("register", "code", "label", "organisation", "replied_at", "withdrawn_at")
    list_filter = ("register", "code")
    search_fields = ("label", "mandate__organisation__name", "text")
