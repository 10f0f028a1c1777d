import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
site = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- once Django is set up

from parvis.core.processes.voting.gating import gated  # noqa: E402
from parvis.core.processes.voting.views import waiting_room  # noqa: E402
from parvis.core.web.caching import PageCache  # noqa: E402

application = PageCache(gated(site, page=waiting_room), seconds=settings.PARVIS_PAGE_SECONDS)
