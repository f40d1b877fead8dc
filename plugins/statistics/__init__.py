"""Stage: from a web server's log to figures of visits and votes (see figures.py)."""
