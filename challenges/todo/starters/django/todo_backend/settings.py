import os

from django.core.management.utils import get_random_secret_key
from psycopg.conninfo import conninfo_to_dict

# Nothing here signs anything, so a key of its own for each start will do.
SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["todos"]
MIDDLEWARE = []
ROOT_URLCONF = "todo_backend.urls"
WSGI_APPLICATION = "todo_backend.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"

_database = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.get("dbname"),
        "USER": _database.get("user"),
        "PASSWORD": _database.get("password"),
        "HOST": _database.get("host"),
        "PORT": _database.get("port"),
    }
}
