"""Link each article to the one before and the one after, as Pelican's plugin of that name does."""

from pelican import signals


def link(generator):
    newer = None
    for article in generator.articles:  # newest first
        article.newer, article.older = newer, None
        if newer:
            newer.older = article
        newer = article


def register():
    signals.article_generator_finalized.connect(link)
