"""Stage: what Pelican's commands, settings, plugins and templates may expect of this portal.

pelican_internals.py holds what is taken from the inside of Pelican; loading.py loads the plugins of PLUGINS and tells those that
were written for any Pelican site apart; log.py is how a build started by `pelican` reports; static.py publishes
STATIC_PATHS, template_pages.py TEMPLATE_PAGES. content_objects.py, lists.py and staging.py are for plugins of others:
articles, lists and an output folder as Pelican promises them. docs/pelican.md says what works.
"""
