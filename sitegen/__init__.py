"""sitegen: from a folder of raw public notices to an archive that people can read, search, cite and trust."""

__version__ = "0.1.0"
