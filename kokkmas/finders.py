"""Static files out of installed packages: only what is named, nothing copied into the repository."""

import importlib.util
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from core import icons


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


class IconsFinder(BaseFinder):
    """Draws the icons that pages use into one file, `icons/lucide.svg`, under `settings.DRAWN`."""

    name = "icons/lucide.svg"

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.DRAWN)
        self.drawn = False
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != self.name:
            return []
        self._draw()
        return [self.storage.path(path)] if find_all else self.storage.path(path)

    def list(self, ignore_patterns):
        self._draw()
        yield self.name, self.storage

    def _draw(self):
        """Once a process, and into place in one step: another process may be reading the file of before."""
        if self.drawn:
            return
        target = Path(self.storage.path(self.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_text(icons.sprite(), encoding="utf-8")
        draft.replace(target)
        self.drawn = True
