"""The Excel add-in as files: ribbon, VBA modules, and the packages that carry them. Pure, except ``project``.

Nothing here runs when a button is clicked; that is ``excel.live`` and ``front``.
"""
