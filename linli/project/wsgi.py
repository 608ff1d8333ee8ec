"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
os.environ.setdefault("LINLI_NEEDS_SECRET", "1")
application = get_wsgi_application()
