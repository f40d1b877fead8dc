"""The ID3 tag of a recording: title, agency, date, that a machine reads, and the article's picture as cover.

The tag precedes the sound (https://id3.org/id3v2.3.0), so a published file is the tag followed by the recording.
"""

from __future__ import annotations

import io
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"

if TYPE_CHECKING:
    from plugins.pictures import Pictures
    from plugins.portal.stories import Story

    from .recorder import Recording


class Id3Tag:
    """The ID3 tag of a story's recording.

    Args:
        story: The story.
        recording: Its recording.
        pictures: Those of the build. The smallest JPEG of the story's picture, about 480 px wide, is the cover.
        site: The portal's public address, "" if it has none.
        source_type: See `voices.digital_source_type`.
    """

    def __init__(self, story: Story, recording: Recording, pictures: Pictures, site: str, source_type: str) -> None:
        self.source_type = source_type
        self.made_by = str(story.edition.language.words.gettext("A machine's voice"))
        self.story, self.recording, self.pictures, self.site = story, recording, pictures, site
        self.cover = story.picture_paths[0] if story.picture_paths else ""
        agency = story.edition.agency
        self.agency = f"{agency['portal']} {agency['name']}"

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the published file: the tag and the sound."""
        cover = self.pictures.fingerprints([self.cover]) if self.cover else []
        parts = [self.recording.key, self.story.card_digest, self.story.url, self.agency, self.site, self.made_by]
        parts += [self.source_type, *cover]
        return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def to_bytes(self) -> bytes:
        """The tag as it is written to the file; the same bytes for the same story."""
        import mutagen.id3

        id3: Any = mutagen.id3  # its functions have no annotations
        story = self.story
        tag = id3.ID3()
        tag.add(id3.TIT2(encoding=1, text=story.title))
        tag.add(id3.TPE1(encoding=1, text=self.agency))
        tag.add(id3.TALB(encoding=1, text=self.agency))
        tag.add(id3.TCON(encoding=0, text="News"))
        tag.add(id3.TDRC(encoding=0, text=f"{story.date:%Y-%m-%d}"))
        language = story.edition.language.iso639
        tag.add(id3.TLAN(encoding=0, text=language))
        tag.add(id3.COMM(encoding=1, lang=language, desc="", text=self.made_by))
        tag.add(id3.TXXX(encoding=0, desc="DigitalSourceType", text=f"{SOURCE_TYPES}{self.source_type}"))
        if self.site:
            tag.add(id3.WOAF(url=f"{self.site}/{story.url}"))
        if self.cover:
            tag.add(id3.APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=self._cover_file().read_bytes()))
        tag.update_to_v23()
        stream = io.BytesIO()
        tag.save(stream, v1=0, v2_version=3, padding=lambda info: 0)
        return stream.getvalue()

    def _cover_file(self) -> Path:
        picture = self.pictures.by_path[self.cover]
        return self.pictures.variant_file(picture, picture.widths[0], "jpg")
