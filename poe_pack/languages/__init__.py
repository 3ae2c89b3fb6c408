"""Words for readers: message catalogues and locale formatting. Imports nothing of the project."""

from poe_pack.languages.catalogue import Catalogue, catalogue, with_nearest
from poe_pack.languages.words import Words

__all__ = ["Catalogue", "Words", "catalogue", "with_nearest"]
