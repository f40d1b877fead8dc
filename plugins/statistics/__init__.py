"""Stage: counts visits and votes from the web server's log, without a server program.

nginx (deploy/nginx/portal.conf) serves the site and writes a log of JSON lines. `python3 tasks.py stats`, started every
minute by cron, counts the new lines into a small database beside the site (`output.stats/`) and writes into the site

- the counts of the whole site (`Addresses.site_stats_file`, see `publishing.site_stats`);
- those of each article beside it (`Addresses.stats_file`), once it has been visited or voted on:
  {"views": 12, "today": 2, "votes": 3, "average": 4.33, "grades": [0, 0, 1, 0, 2]}
- whatever files features make of the counts (`Feature.stats_files`).

Voting
    A vote is `POST /VOTE?bai=ADDRESS&diem=GRADE` with an empty body. VOTE is `Addresses.vote_url`; ADDRESS is the
    article's, without leading slash, percent-encoded or not; GRADE is 1 to 5. Without JavaScript, the form

        <form method="post" action="/VOTE?bai=ADDRESS"> … <input type="radio" name="diem" value="1"> …

    sends GRADE in the body (application/x-www-form-urlencoded, at most 1 KB, other fields are ignored).

    nginx answers 204 to a script, and 303 to the article or to THANKS_URL if the browser shows the answer as a page
    (Sec-Fetch-Dest: document, or no Sec-Fetch-Dest and Accept: text/html); 405 to GET, 403 to another origin, 429 to
    too many requests.
    Only requests answered with 204 or 303 are counted.

How it is counted (pages that show counts must say so)
    A visitor is what the log has of a network address, with a user agent, stored as a keyed hash whose key changes
    every day (for votes every month). Every page view counts; PDFs and recordings count once per visitor, article and
    day; of a visitor's votes for an article in a month, the last one counts. Robots do not count.
"""

from __future__ import annotations

from .stats import Counts, Day, Stats

__all__ = ["Counts", "Day", "Stats"]


def register() -> None:
    """Do nothing: Pelican calls it for each plugin, but this stage has no part in a build."""
