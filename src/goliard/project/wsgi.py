"""The WSGI entry that the server loads: the network's door, and Django behind it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goliard.project.settings.production")
_pages = get_wsgi_application()

from goliard.ewp_node.host.entrance import NetworkEntrance  # noqa: E402 -- Django first

application = NetworkEntrance(_pages)

# What is loaded now stays for as long as the process: a collection that walks through it stops every request and finds nothing.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
