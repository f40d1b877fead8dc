"""The texts of the scripts in a language; the scripts fill in the {placeholders}."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.languages import Language


def of_worker(language: Language) -> dict[str, str]:
    """Return what the worker says above pages."""
    gettext = language.words.gettext
    return {
        "kept": gettext("No connection, or a slow one: you are reading the copy kept at {clock} on {day} ({age})."),
        "missing": gettext("This page has not been kept on this device. What you can read now is listed below."),
        "heading": gettext("No connection"),
    }


def of_pages(language: Language) -> dict[str, str]:
    """Return what start.js and article.js say."""
    gettext = language.words.gettext
    return {
        "newer": gettext("The connection is back, and this page has changed. <a>Open it anew</a>"),
        "heading": gettext("Read without a connection"),
        "save": gettext("Save for later"),
        "drop": gettext("Remove"),
        "list": gettext("Saved articles"),
        "saveSound": gettext("Download the whole recording ({size})"),
        "dropSound": gettext("Delete the recording from this device ({size})"),
        "busy": gettext("One moment…"),
        "kept": gettext("Saved: you can read this page without a connection."),
        "dropped": gettext("No longer saved."),
        "soundKept": gettext("Downloaded: you can listen without a connection."),
        "soundDropped": gettext("The recording was deleted from this device."),
        "failed": gettext("This did not work: there is no connection, or no room on this device."),
    }
