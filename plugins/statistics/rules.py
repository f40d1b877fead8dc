"""What counting promises to readers. The pages that say it take the numbers from here."""

OPEN_DAYS = 7  # how long after its end a day is still counted; then its keys are destroyed
VOTES_AN_HOUR, VOTES_A_DAY = 5, 10  # that count for an article from one network
