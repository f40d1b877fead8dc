"""What readers get, in a real Chromium.

Every module is named after something that a reader gets. server.py serves the finished portal with its security
headers, readers.py opens pages as different readers do, pages.py lists the pages.
"""
