"""The bodies of the templates, one module a document. Not here: cover, contents, margins (``layouts``)."""
