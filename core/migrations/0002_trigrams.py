from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Names are found although a letter is wrong (decision 29). A trusted extension: the owner of the database may."""

    dependencies = [("core", "0001_initial")]

    operations = [TrigramExtension()]
