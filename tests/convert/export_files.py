"""Exports as WordPress, Blogger and Ghost write them, with invented posts."""

from __future__ import annotations

import json
from html import escape
from zlib import crc32

PARAGRAPHS = (
    "Sáng nay, đoàn công tác của Sở Nông nghiệp đã kiểm tra tiến độ làm kè suối và làm việc với bà con trong bản.",
    "Theo báo cáo, công trình đã xong phần móng, đang làm phần thân kè theo đúng tiến độ mà chủ đầu tư đã cam kết.",
)
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def wordpress_post(
    title: str,
    status: str = "publish",
    password: str = "",
    kind: str = "post",
    html: str = "\n\n".join(PARAGRAPHS),
    fields: dict[str, str] | None = None,
) -> str:
    """Return an <item> of a WordPress export. status "": the export has none."""
    metas = "".join(
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in (fields or {}).items()
    )
    return (
        f"<item><title>{escape(title)}</title><link>https://cu.example/{crc32(title.encode())}/</link>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_date>2020-11-21 01:30:00</wp:post_date>"
        + (f"<wp:status>{status}</wp:status>" if status else "")
        + f"<wp:post_type>{kind}</wp:post_type><wp:post_password><![CDATA[{password}]]></wp:post_password>"
        f"<category domain='category' nicename='x'><![CDATA[Kinh tế]]></category>{metas}</item>"
    )


def wordpress(*items: str) -> str:
    """Return a WordPress export (WXR 1.2)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
        f"<channel><title>Cổng</title><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"
    )


def blogger_entry(title: str, status: str, kind: str = "POST") -> str:
    """Return an entry of a blog's feed.atom, as Google Takeout writes it since 2024."""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{crc32(title.encode())}</id><blogger:type>{kind}</blogger:type>"
        f"<blogger:status>{status}</blogger:status><title>{escape(title)}</title>"
        f'<content type="html">{escape(HTML)}</content><published>2021-05-06T08:00:00Z</published>'
        "<category scheme='tag:blogger.com,1999:blog-1' term='Kinh tế'/><category scheme='x' term='kè suối'/></entry>"
    )


def blogger(*entries: str) -> str:
    """Return the feed of a blog."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        f"xmlns:blogger='http://schemas.google.com/blogger/2018'>{''.join(entries)}</feed>"
    )


def older_blogger_entry(title: str, kind: str = "post", is_draft: bool = False) -> str:
    """Return an entry of a Blogger backup of before 2024."""
    control = "<app:control><app:draft>yes</app:draft></app:control>" if is_draft else ""
    return (
        f"<entry><id>tag:{crc32(title.encode())}</id><published>2015-05-06T08:00:00Z</published>{control}"
        "<category scheme='http://schemas.google.com/g/2005#kind' "
        f"term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='Kinh tế'/>"
        f"<title>{escape(title)}</title><content type='html'>{escape(HTML)}</content></entry>"
    )


def older_blogger(*entries: str) -> str:
    """Return a Blogger backup of before 2024."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        f"xmlns:app='http://purl.org/atom/app#'>{''.join(entries)}</feed>"
    )


def ghost(*posts: dict[str, str]) -> str:
    """Return a Ghost export; each post has a title, a status and perhaps a visibility."""
    rows = [
        {"id": str(n), "html": HTML, "published_at": "2022-03-04T01:00:00.000Z", "type": "post", "visibility": "public"}
        | post
        for n, post in enumerate(posts)
    ]
    tables = {
        "posts": rows,
        "tags": [{"id": "t", "name": "Kinh tế"}, {"id": "u", "name": "#nội-bộ"}],
        "posts_tags": [
            {"post_id": "0", "tag_id": "u", "sort_order": 0},
            {"post_id": "0", "tag_id": "t", "sort_order": 1},
        ],
        "users": [{"id": "a", "name": "Thu Hà"}],
        "posts_authors": [{"post_id": "0", "author_id": "a", "sort_order": 0}],
    }
    return json.dumps({"db": [{"meta": {"version": "5.82.0"}, "data": tables}]}, ensure_ascii=False)
