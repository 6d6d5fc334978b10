"""Setting up the Excel add-in on one person's computer: installing, looking for what is wrong, offline bundles.

Nothing here needs rights of an administrator, and nothing here is loaded by a click. Not here: making the add-in file
(``build``), and what a click does (``front.clicks``).
"""
