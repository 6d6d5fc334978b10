"""Pictures for Word documents and for people who look rather than read, drawn with matplotlib.

``drawing`` is the way in. Nothing here is loaded by a check or a click that asks for no picture. Not here: what the
pictures show (``model.charts``), the charts of the workbook (``excel.master.charts``).
"""
