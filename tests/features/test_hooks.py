"""What features may provide and request is declared in one file, typed and documented."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import typing
from importlib import import_module
from itertools import pairwise

import pytest

import pelicanconf
from plugins.features import Feature, features_of, hooks
from tests import portals

REFERENCE = portals.ROOT / "docs" / "features.md"
METHODS = [name for name, member in vars(Feature).items() if inspect.isfunction(member) and not name.startswith("_")]
FIELDS = list(Feature.__annotations__)
DECLARATIONS = {
    cls.__name__: [field.name for field in dataclasses.fields(cls)]
    for cls in (hooks.Key, hooks.Value, hooks.Grouping, hooks.Kind)
}


def documented_fields() -> set[str]:
    """Return the fields of Feature that are followed by a docstring."""
    tree = ast.parse(inspect.getsource(Feature))
    body = tree.body[0].body
    return {
        field.target.id
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }


@pytest.mark.parametrize("name", METHODS)
def test_every_hook_is_typed_documented_and_in_the_reference(name: str) -> None:
    method = getattr(Feature, name)
    assert inspect.getdoc(method)
    signature = inspect.signature(method)
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in list(signature.parameters.values())[1:])
    assert not any(str(p.annotation) == "Any" for p in signature.parameters.values())
    assert f"`{name}" in REFERENCE.read_text("utf-8")


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_documented_and_in_the_reference(name: str) -> None:
    assert name in documented_fields() and f"`{name}`" in REFERENCE.read_text("utf-8")


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_every_part_of_a_declaration_is_explained(declaration: str) -> None:
    text = inspect.getdoc(getattr(hooks, declaration))
    reference = REFERENCE.read_text("utf-8")
    for name in DECLARATIONS[declaration]:
        assert re.search(rf"\b{name}\b", text), name
        assert f"`{name}`" in reference, name


def test_every_slot_for_a_value_is_in_the_reference() -> None:
    assert set(typing.get_args(hooks.Where)) == hooks.WHERE
    assert all(f"`{where}`" in REFERENCE.read_text("utf-8") for where in hooks.WHERE)


def test_features_declare_only_existing_hooks() -> None:
    with pytest.raises(TypeError, match="colour"):
        Feature(__file__, colour="red")
    for feature in features_of(map(import_module, pelicanconf.PLUGINS)):
        own = {name for name in vars(type(feature)) if not name.startswith("_")}
        assert own <= vars(Feature).keys() | Feature.__annotations__.keys(), feature.name
