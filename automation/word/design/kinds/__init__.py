"""Which templates there are, by what they are about. Not here: their bodies (``bodies``)."""
