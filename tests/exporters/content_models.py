"""Content models of the cartridge's files as DTDs of our own, written down from the public CC 1.1 profile.

They say what stands in what, in which order, as far as we write it; the schemas themselves are not ours to ship.
"""

import io

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


def checked(data: bytes, model: str) -> etree._Element:
    """Return the root of a file that fits its content model; fails with what does not fit."""
    root = etree.fromstring(data)
    dtd = etree.DTD(io.StringIO(model))
    assert dtd.validate(root), dtd.error_log.filter_from_errors()
    return root
