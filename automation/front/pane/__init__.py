"""The Office add-in without VBA: pages, manifests and a server on this computer for Excel on the web, Mac and Windows.

The pane in Excel takes the open workbook, this server says what a click comes to, the pane carries it out.
Not here: what a click comes to (``front.clicks``).
"""
