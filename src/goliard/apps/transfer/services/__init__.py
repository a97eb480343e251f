"""Load a folder, dump a folder."""

from goliard.apps.transfer.services.dump import dump_folder
from goliard.apps.transfer.services.load import load_folder

__all__ = ["dump_folder", "load_folder"]
