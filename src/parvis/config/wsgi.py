import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
site = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- once Django is set up

from parvis.core.web.caching import PageCache  # noqa: E402

application = PageCache(site, seconds=settings.PARVIS_PAGE_SECONDS)
