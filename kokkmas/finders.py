"""Static files out of installed packages: only those listed, nothing copied into the repository."""

import importlib.util
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class PackageFilesFinder(BaseFinder):
    """Finds the files of `settings.PACKAGE_STATICFILES`: rows of (prefix, package folder, file names)."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storages = {}
        for prefix, folder, names in settings.PACKAGE_STATICFILES:
            package, _, inside = folder.partition("/")
            root = Path(importlib.util.find_spec(package).origin).parent / inside
            storage = FileSystemStorage(location=root)
            storage.prefix = prefix
            self.storages[prefix] = (storage, names)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        prefix, _, name = path.partition("/")
        storage, names = self.storages.get(prefix, (None, ()))
        if name not in names:
            return []
        return [storage.path(name)] if find_all else storage.path(name)

    def list(self, ignore_patterns):
        for storage, names in self.storages.values():
            for name in names:
                yield name, storage
