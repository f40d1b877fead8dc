"""Stage: what Pelican's commands, settings, plugins and templates may expect of this portal.

pelican_internals.py holds what is taken from the inside of Pelican. loading.py loads the plugins of PLUGINS and finds
those that were written for any Pelican site ("foreign" ones). log.py reports for builds that `pelican` has started.
static.py publishes STATIC_PATHS, template_pages.py TEMPLATE_PAGES. generators.py, content_objects.py, lists.py and
staging.py are for foreign plugins: articles, lists and an output folder as Pelican promises them. docs/pelican.md says
what works.
"""
