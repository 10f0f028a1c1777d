"""The project's own settings, with a home of its own for each test process, and nothing else bent but speed."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["PARVIS_HOME"] = tempfile.mkdtemp(prefix="parvis-tests-")
os.environ["PARVIS_DATA"] = os.environ.get("PARVIS_DATA", str(Path(__file__).parents[2] / "shared" / "data"))
atexit.register(shutil.rmtree, os.environ["PARVIS_HOME"], ignore_errors=True)

from parvis.config.settings import *  # noqa: E402, F403 -- the home must be named before the settings are read
from parvis.config.settings import DATABASES, HOME, STORAGES  # noqa: E402

# A file, not memory: threads and processes then meet the same locks as in production.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": HOME / "tests.sqlite3"}
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # a pool would hold the database that the run wants to drop
# A manifest would ask every test run to collect the static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
(HOME / "static").mkdir()  # where a deployment collects them
# A slow hash protects passwords that people chose; those of the tests are public.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The tests' engines start from nothing in each run; the real ones, whose libraries take long to install, are shared.
PARVIS_ENGINES = HOME / "moteurs"
PARVIS_ENGINES.mkdir()
for engine in {libraries.parent for libraries in Path(sys.prefix, "engines").glob("*/libraries-*")}:
    (PARVIS_ENGINES / engine.name).symlink_to(engine)
