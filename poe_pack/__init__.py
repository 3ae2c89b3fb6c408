"""poe-pack: co-op marketing claims as reviewed files in git, checked before they are filed."""

__version__ = "0.1.0"
