"""Content models of the cartridge's files as DTDs of our own, written down from the public CC 1.1 profile.

They say what stands in what, in which order, as far as we write it; the schemas themselves are not ours to ship.
"""

import io
from collections.abc import Iterator

from lxml import etree

MANIFEST = """
<!ELEMENT manifest (metadata, organizations, resources)>
<!ATTLIST manifest xmlns CDATA #FIXED "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
  xmlns:lom CDATA #FIXED "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest" identifier ID #REQUIRED>
<!ELEMENT metadata (schema, schemaversion, lom:lom)>
<!ELEMENT schema (#PCDATA)> <!ELEMENT schemaversion (#PCDATA)>
<!ELEMENT lom:lom (lom:general)>
<!ELEMENT lom:general (lom:title, lom:language, lom:description?)>
<!ELEMENT lom:title (lom:string)> <!ELEMENT lom:description (lom:string)> <!ELEMENT lom:language (#PCDATA)>
<!ELEMENT lom:string (#PCDATA)> <!ATTLIST lom:string language CDATA #REQUIRED>
<!ELEMENT organizations (organization)>
<!ELEMENT organization (item)>
<!ATTLIST organization identifier ID #REQUIRED structure (rooted-hierarchy) #REQUIRED>
<!ELEMENT item (title?, item*)> <!ATTLIST item identifier ID #REQUIRED identifierref IDREF #IMPLIED>
<!ELEMENT title (#PCDATA)>
<!ELEMENT resources (resource*)>
<!ELEMENT resource (file+)>
<!ATTLIST resource identifier ID #REQUIRED type CDATA #REQUIRED href CDATA #IMPLIED>
<!ELEMENT file EMPTY> <!ATTLIST file href CDATA #REQUIRED>
"""
QTI = """
<!ELEMENT questestinterop (assessment | objectbank)>
<!ATTLIST questestinterop xmlns CDATA #FIXED "http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<!ELEMENT assessment (qtimetadata, section)> <!ATTLIST assessment ident CDATA #REQUIRED title CDATA #REQUIRED>
<!ELEMENT objectbank (item+)> <!ATTLIST objectbank ident CDATA #REQUIRED>
<!ELEMENT section (item+)> <!ATTLIST section ident CDATA #REQUIRED>
<!ELEMENT item (itemmetadata, presentation, resprocessing?)> <!ATTLIST item ident ID #REQUIRED title CDATA #IMPLIED>
<!ELEMENT itemmetadata (qtimetadata)>
<!ELEMENT qtimetadata (qtimetadatafield+)>
<!ELEMENT qtimetadatafield (fieldlabel, fieldentry)>
<!ELEMENT fieldlabel (#PCDATA)> <!ELEMENT fieldentry (#PCDATA)>
<!ELEMENT presentation (material, (response_lid | response_str))>
<!ELEMENT material (mattext)>
<!ELEMENT mattext (#PCDATA)> <!ATTLIST mattext texttype CDATA #FIXED "text/html">
<!ELEMENT response_lid (render_choice)>
<!ATTLIST response_lid ident CDATA #REQUIRED rcardinality (Single | Multiple) #REQUIRED>
<!ELEMENT render_choice (response_label+)> <!ATTLIST render_choice shuffle (Yes | No) #IMPLIED>
<!ELEMENT response_label (material)> <!ATTLIST response_label ident CDATA #REQUIRED>
<!ELEMENT response_str (render_fib)>
<!ATTLIST response_str ident CDATA #REQUIRED rcardinality (Single) #REQUIRED>
<!ELEMENT render_fib EMPTY>
<!ELEMENT resprocessing (outcomes, respcondition+)>
<!ELEMENT outcomes (decvar)>
<!ELEMENT decvar EMPTY>
<!ATTLIST decvar varname (SCORE) #REQUIRED vartype (Integer | Decimal) #REQUIRED minvalue CDATA #REQUIRED
  maxvalue CDATA #REQUIRED>
<!ELEMENT respcondition (conditionvar, setvar)> <!ATTLIST respcondition continue (Yes | No) #REQUIRED>
<!ELEMENT conditionvar (and | varequal+)>
<!ELEMENT and (varequal | not)+>
<!ELEMENT not (varequal)>
<!ELEMENT varequal (#PCDATA)> <!ATTLIST varequal respident CDATA #REQUIRED case (Yes | No) #IMPLIED>
<!ELEMENT setvar (#PCDATA)> <!ATTLIST setvar action (Set) #REQUIRED varname (SCORE) #REQUIRED>
"""
WEB_LINK = """
<!ELEMENT webLink (title, url)>
<!ATTLIST webLink xmlns CDATA #FIXED "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1">
<!ELEMENT title (#PCDATA)>
<!ELEMENT url EMPTY> <!ATTLIST url href CDATA #REQUIRED target CDATA #IMPLIED>
"""
TOPIC = """
<!ELEMENT topic (title, text)>
<!ATTLIST topic xmlns CDATA #FIXED "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1">
<!ELEMENT title (#PCDATA)>
<!ELEMENT text (#PCDATA)> <!ATTLIST text texttype CDATA #FIXED "text/html">
"""


_ASI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_TEST_FIELDS = {"cc_profile": {"cc.exam.v0p1"}, "qmd_assessmenttype": {"Examination"}}
_ITEM_FIELDS = {"cc_profile", "cc_question_category", "cc_weighting", "qmd_scoringpermitted", "qmd_computerscored"}
_LABELS = {"cc.true_false.v0p1": (2, 2), "cc.multiple_choice.v0p1": (3, 99), "cc.multiple_response.v0p1": (2, 99)}
"""How many options a profile of questions has, at least and at most."""


def profile_faults(root: etree._Element) -> list[str]:
    """Return which rules of the profile beside its content models questions break (its rule sets 1 to 9 and 13)."""
    found = []
    for label, entry in _fields(root.find(f"{_ASI}assessment/{_ASI}qtimetadata")):
        if entry not in _TEST_FIELDS.get(label, set()):
            found.append(f"field {label} of a test")
    items = list(root.iter(f"{_ASI}item"))
    if len({item.get("ident") for item in items}) != len(items):
        found.append("two items with one name")
    return found + [f"{item.get('ident')}: {fault}" for item in items for fault in _item_faults(item)]


def _fields(metadata: etree._Element | None) -> list[tuple[str, str]]:
    rows = [] if metadata is None else metadata.findall(f"{_ASI}qtimetadatafield")
    return [(row.findtext(f"{_ASI}fieldlabel") or "", row.findtext(f"{_ASI}fieldentry") or "") for row in rows]


def _item_faults(item: etree._Element) -> Iterator[str]:
    fields = _fields(item.find(f"{_ASI}itemmetadata/{_ASI}qtimetadata"))
    names = [label for label, _ in fields]
    if names.count("cc_profile") != 1 or len(set(names)) != len(names) or not set(names) <= _ITEM_FIELDS:
        yield "fields"
    profile = dict(fields).get("cc_profile", "")
    choices = list(item.iter(f"{_ASI}response_lid"))
    typed = list(item.iter(f"{_ASI}response_str"))
    equal = list(item.iter(f"{_ASI}varequal"))
    if profile in _LABELS:
        [choice] = choices
        labels = {label.get("ident") for label in choice.iter(f"{_ASI}response_label")}
        least, most = _LABELS[profile]
        if not least <= len(labels) <= most:
            yield "number of options"
        if choice.get("rcardinality") != ("Multiple" if profile == "cc.multiple_response.v0p1" else "Single"):
            yield "cardinality"
        if typed or not equal or {node.text for node in equal} - labels:
            yield "the key names no option"
    elif choices or len(typed) != 1 or bool(equal) is (profile == "cc.essay.v0p1"):
        yield "how it is answered"
    if {node.get("respident") for node in equal} - {node.get("ident") for node in (*choices, *typed)}:
        yield "the key belongs to no answer"
    if profile == "cc.essay.v0p1" and dict(fields).get("qmd_computerscored") != "No":
        yield "who scores it"


def checked(data: bytes, model: str) -> etree._Element:
    """Return the root of a file that fits its content model; fails with what does not fit."""
    root = etree.fromstring(data)
    dtd = etree.DTD(io.StringIO(model))
    assert dtd.validate(root), dtd.error_log.filter_from_errors()
    return root
