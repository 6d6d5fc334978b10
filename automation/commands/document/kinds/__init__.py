"""Which documents there are, by what they are about. Not here: what they show (the modules above this folder)."""
