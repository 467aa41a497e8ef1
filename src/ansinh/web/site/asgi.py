"""The ASGI application a server loads."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.web.site.settings")
application = get_asgi_application()
