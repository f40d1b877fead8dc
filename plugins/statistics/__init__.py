"""Stage: from the web server's log to figures of visits and votes, without a server program.

nginx (deploy/nginx/) serves the site and writes a log of JSON lines; `tasks.py stats`, started every minute,
counts what is new in it into a small database beside the site (`output.stats/`) and writes into the site

    the figures of the whole site (`Addresses.site_stats_file`; see `publishing.site_stats`)
    those of one article beside it (`Addresses.stats_file`):
        {"views": 12, "votes": 3, "average": 4.33, "grades": [0, 0, 1, 0, 2]}; not there before its first visit or vote
    and whatever features make of the figures (`Feature.stats_files`)

A vote is `POST /VOTE?bai=ADDRESS&diem=GRADE` with an empty body: VOTE is that of plugins/addresses, ADDRESS the
article's as in `Figures.articles`, percent-encoded or not, GRADE 1 to 5. A form that posts without JavaScript has

    <form method="post" action="/VOTE?bai=ADDRESS"> … <input type="radio" name="diem" value="1"> …

so that GRADE comes in the body (application/x-www-form-urlencoded, at most 1 KB; nothing else in it is looked at).
Answers: 204 to a script; 303 to THANKS_URL where the browser goes to the answer itself (Sec-Fetch-Dest: document, or
no Sec-Fetch-Dest and Accept: text/html); 405 to GET; 403 to another origin; 429 to too many. Only 204 and 303 are counted.

How it is counted, the rule that the pages must tell: a visitor is a network address with a browser, kept as a keyed
hash whose key is new every day (for votes every month); views are pages loaded, PDFs and recordings count once a visitor,
article and day; the last vote of a visitor in a month is the one that counts; robots are left out.
"""

from __future__ import annotations

from typing import Any

from .stats import Counts, Day, Stats

__all__ = ["Counts", "Day", "Stats"]

DEFAULTS: dict[str, Any] = {
    "STATISTICS_LOGS": ["/var/log/nginx/portal.log*"],  # paths, * and ? allowed; what `stats` reads when it is not told
    "STATISTICS_BEFORE": 0,  # visits counted by the portal's former counter
}


def register() -> None:
    """Pelican's hook: nothing to do in a build."""
