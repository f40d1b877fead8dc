"""What is replaced in Jinja changes no byte of what templates give."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import Markup

from plugins.patching import PatchError
from plugins.portal import jinja_patches

TEMPLATES = {
    "page": """{% extends "base" %}{% from "parts" import row, asks with context %}
{% block main %}{% for text in texts %}{{ row(text) }}{{ loop.index }}{% endfor %}{{ asks() }}
{% set here = "<local>" %}{{ told("<here>") }} {{ wants() }} {{ asked.wants() }} {{ ends() }} {{ Shout("<x>") }}
{{ texts[0] ~ "<&" ~ texts[1] }} {{ texts|join("<br>"|safe) }} {{ none }} {{ 1.5 }} {{ missing }} {{ item.kind }}
{% call row("<called>") %}<b>{{ here }}</b>{% endcall %}{% autoescape false %}{{ texts[0] }}{% endautoescape %}
{% include "part" %}{% endblock %}""",
    "base": "{{ title }}<main>{% block main %}{% endblock %}</main>{{ of_all }}",
    "parts": """{% macro row(text) %}<li>{{ text }}{{ caller() if caller }}</li>{% endmacro %}
{% macro asks() %}{{ title }}{{ wants() }}{% endmacro %}""",
    "part": "{{ title }} {{ here }} {{ of_all }}",
}


class Shout(str):
    """A class that a template calls."""

    __slots__ = ()


class Asked:
    """Has a method that wants the context."""

    @jinja2.pass_context
    def wants(self, context: jinja2.runtime.Context) -> str:
        return f"<{context['title']} {context.get('here')}>"


def ends() -> str:
    raise StopIteration


def rendered(speed: bool) -> str:
    env = jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), autoescape=True)
    env.get_template("page")  # before all names are known
    env.globals |= {"of_all": "<all>", "ends": ends, "told": lambda text: Markup("<i>{}</i>").format(text)}
    jinja_patches.install(env, speed)
    values = {
        "title": "Tít & <tựa>", "texts": ["<a>", Markup("<b>"), "c"], "item": {"kind": "<k>"}, "Shout": Shout,
        "wants": Asked().wants, "asked": SimpleNamespace(wants=Asked().wants),
    }  # fmt: skip
    return env.get_template("page").render(values)


def test_templates_give_the_same_with_and_without_the_patches() -> None:
    plain = rendered(speed=False)
    assert (
        "&lt;all&gt;" in plain
        and "<b>&lt;local&gt;</b>" in plain
        and "&lt;Tít &amp; &lt;tựa&gt; &lt;local&gt;&gt;" in plain
    )
    assert rendered(speed=True) == plain
    jinja_patches.JINJA.restore()
    assert rendered(speed=False) == plain


def test_a_jinja_without_what_is_replaced_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    jinja_patches.JINJA.restore()
    monkeypatch.delattr(jinja2.runtime, "escape")
    with pytest.raises(PatchError, match="escape"):
        jinja_patches.install(jinja2.Environment(), speed=True)
