"""The METS of a deposit: valid by its schema, read by metsrw, and true of the files that it names.

No package was found that ships the schema of PREMIS 3, so the order of its elements stands here, by the Data Dictionary and the
schema's own text (loc.gov/standards/premis/v3). The digests are taken anew from the files.
"""

import hashlib
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import metsrw
from common import SCHEMAS, fonds, written
from lxml import etree
from shapes import SITE, document, original

FAULTS = []
SPACES = {
    "m": "http://www.loc.gov/METS/",
    "p": "http://www.loc.gov/premis/v3",
    "x": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}

# The children that an element of PREMIS 3 may have, in their order; `+` must stand there, `*` may stand there more than once.
ORDER = {
    "object": "objectIdentifier+* preservationLevel* significantProperties* objectCharacteristics* originalName storage* "
    "signatureInformation* environmentFunction* environmentDesignation* environmentRegistry* environmentExtension* "
    "relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*",
    "objectIdentifier": "objectIdentifierType+ objectIdentifierValue+",
    "objectCharacteristics": "compositionLevel fixity* size format+* creatingApplication* inhibitors* objectCharacteristicsExtension*",
    "fixity": "messageDigestAlgorithm+ messageDigest+ messageDigestOriginator",
    "format": "formatDesignation formatRegistry* formatNote*",
    "formatDesignation": "formatName+ formatVersion",
    "relationship": "relationshipType+ relationshipSubType+ relatedObjectIdentifier+* relatedEventIdentifier* relatedEnvironmentPurpose* relatedEnvironmentCharacteristic",
    "relatedObjectIdentifier": "relatedObjectIdentifierType+ relatedObjectIdentifierValue+ relatedObjectSequence",
    "event": "eventIdentifier+ eventType+ eventDateTime+ eventDetailInformation* eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier*",
    "eventIdentifier": "eventIdentifierType+ eventIdentifierValue+",
    "eventDetailInformation": "eventDetail eventDetailExtension*",
    "linkingAgentIdentifier": "linkingAgentIdentifierType+ linkingAgentIdentifierValue+ linkingAgentRole*",
    "linkingObjectIdentifier": "linkingObjectIdentifierType+ linkingObjectIdentifierValue+ linkingObjectRole*",
    "agent": "agentIdentifier+* agentName* agentType agentVersion agentNote* agentExtension* linkingEventIdentifier* linkingRightsStatementIdentifier*",
    "agentIdentifier": "agentIdentifierType+ agentIdentifierValue+",
    "rights": "rightsStatement* rightsExtension*",
    "rightsStatement": "rightsStatementIdentifier+ rightsBasis+ copyrightInformation licenseInformation statuteInformation* "
    "otherRightsInformation rightsGranted* linkingObjectIdentifier* linkingAgentIdentifier*",
    "rightsStatementIdentifier": "rightsStatementIdentifierType+ rightsStatementIdentifierValue+",
    "otherRightsInformation": "otherRightsDocumentationIdentifier* otherRightsBasis+ otherRightsApplicableDates otherRightsNote*",
    "otherRightsDocumentationIdentifier": "otherRightsDocumentationIdentifierType+ otherRightsDocumentationIdentifierValue+ otherRightsDocumentationRole",
}


def holds(what, is_so, found=""):
    if not is_so:
        FAULTS.append(what)
        print(f"    {what}: {str(found)[:400]}")


def archive(folder):
    capture = "<p>来件。</p>"
    fields = (
        'date = "1950-06"\nsource = "江城县档案馆"\nsource_url = "https://archive.example/?id=1&x=<2>"\ncaptured = "2026-05-17"\n'
        'rights = "© 江城县档案馆 & 他人"\nrights_uri = "http://rightsstatements.org/vocab/InC/1.0/"\n'
    )
    written(
        folder,
        {
            "site.toml": SITE,
            "content/laws/notice/index.md": document("通知 & <一>", "库房在楼的北面。见[图](图 1.txt)。", fields + original("50% 件.html", capture)),
            "content/laws/notice/original/50% 件.html": capture,
            "content/laws/notice/图 1.txt": "图",
            "content/laws/record.md": document("只录", "秘。", 'access = "record"\naccess_note = "待定"\n'),
            "content/laws/closed.md": document("封存", "秘。", 'access = "closed"\naccess_note = "待定"\n'),
            "content/plain.md": document("平常", "文。"),
        },
    )
    for day, text in (("1780272000", "文。"), ("1780617600", "改过的文。")):
        (folder / "content/plain.md").write_text(document("平常", text))
        run = fonds(folder, "publish", "--by-hand", "--because", "改正 <误字>", day=day)
        holds("publish", run.returncode == 0, run.stderr)
    run = fonds(folder, "deposit", "bag")
    holds("deposit", run.returncode == 0, run.stderr)
    return folder / "bag/data"


def schema(folder):
    """METS, with the names of the two types of PREMIS that stand there; what is in them is `check_order`'s."""
    anything = '<xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>'
    types = "".join(f'<xs:complexType name="{name}">{anything}</xs:complexType>' for name in ("file", "intellectualEntity"))
    stub = folder / "premis.xsd"
    begin = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    stub.write_text(f'{begin} targetNamespace="{SPACES["p"]}">{types}</xs:schema>')
    places = {SPACES["m"]: SCHEMAS / "mets.xsd", SPACES["p"]: stub}
    lines = "".join(f'<xs:import namespace="{name}" schemaLocation="{path.as_uri()}"/>' for name, path in places.items())
    return etree.XMLSchema(etree.fromstring(f"{begin}>{lines}</xs:schema>"))


def check_order(name, element):
    tag = etree.QName(element).localname
    children = [etree.QName(child).localname for child in element]
    if tag not in ORDER:
        holds(f"{name}: {tag} has text only", not children and (element.text or "").strip(), children)
        return
    known = [word.rstrip("+*") for word in ORDER[tag].split()]
    holds(f"{name}: {tag} has known children", set(children) <= set(known), children)
    places = [known.index(child) for child in children if child in known]
    holds(f"{name}: {tag} has them in order", places == sorted(places), children)
    for word in ORDER[tag].split():
        count = children.count(word.rstrip("+*"))
        least, most = int("+" in word), count if "*" in word else 1
        holds(f"{name}: {tag} has {word}", least <= count <= most, children)
    for child in element:
        check_order(name, child)


def check_files(name, root, data):
    """Every file is there as it is said to be, and every file of the document is named."""
    named = set()
    for file in root.iterfind(".//m:fileSec//m:file", SPACES):
        href = file.find("m:FLocat", SPACES).get(f"{{{SPACES['x']}}}href")
        path = (data / "records/mets" / unquote(href)).resolve()
        named.add(path.relative_to(data.resolve()).as_posix())
        text = path.read_bytes()
        holds(f"{name}: {href}", (len(text), hashlib.sha256(text).hexdigest()) == (int(file.get("SIZE")), file.get("CHECKSUM")))
    for entity in root.iterfind(".//p:object", SPACES):
        value = entity.findtext("p:objectIdentifier/p:objectIdentifierValue", namespaces=SPACES)
        digest = entity.findtext(".//p:messageDigest", namespaces=SPACES)
        if digest:
            holds(f"{name}: {value}", hashlib.sha256((data / value).read_bytes()).hexdigest() == digest)
    return named


def check_links(name, root):
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    holds(f"{name}: each ID once", len(ids) == len(set(ids)), ids)
    for element in root.iter(etree.Element):
        for attribute in ("ADMID", "DMDID", "FILEID"):
            for target in element.get(attribute, "").split():
                holds(f"{name}: {attribute}", target in ids, target)
    values = {
        (kind, element.findtext(f"p:{kind}Identifier/p:{kind}IdentifierValue", namespaces=SPACES))
        for kind in ("object", "agent")
        for element in root.iterfind(f".//p:{kind}", SPACES)
    }
    for kind, tag in (("object", "linkingObjectIdentifier"), ("object", "relatedObjectIdentifier"), ("agent", "linkingAgentIdentifier")):
        for value in root.iterfind(f".//p:{tag}/p:{tag}Value", SPACES):
            holds(f"{name}: {tag}", (kind, value.text) in values, value.text)


def main():
    with tempfile.TemporaryDirectory() as folder:
        rules = schema(Path(folder))
        data = archive(Path(folder))
        names = {path.stem: path for path in sorted((data / "records/mets").iterdir())}
        holds("documents", sorted(names) == ["notice", "plain", "record"], sorted(names))
        roots = {}
        for name, path in names.items():
            root = roots[name] = etree.parse(path).getroot()
            rules.validate(root)
            holds(f"{name}: by its schema", not rules.error_log, rules.error_log)
            for element in root.iterfind(".//m:xmlData/*", SPACES):
                if etree.QName(element).namespace == SPACES["p"]:
                    check_order(name, element)
            check_links(name, root)
            named = check_files(name, root, data)
            there = {p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file() and f"/{name}/" in f"/{p.relative_to(data)}"}
            holds(f"{name}: all files", {path for path in there if not path.startswith("records/")} <= named, there - named)
            read = {file.path for file in metsrw.METSDocument.fromfile(str(path)).all_files() if file.path}
            holds(f"{name}: read by metsrw", {(path.parent / place).resolve().relative_to(data.resolve()).as_posix() for place in read} == named, read)
        text = lambda name, way: roots[name].findtext(way, namespaces=SPACES)
        every = lambda name, way: [element.text for element in roots[name].iterfind(way, SPACES)]
        holds("title", text("notice", ".//dc:title") == "通知 & <一>")
        holds("capture", every("notice", ".//p:eventType") == ["capture", "publication"], every("notice", ".//p:eventType"))
        holds("day of capture", every("notice", ".//p:eventDateTime") == ["2026-05-17", "2026-06-01"])
        holds("editions", every("plain", ".//p:eventDateTime") == ["2026-06-01", "2026-06-05"], every("plain", ".//p:eventDateTime"))
        holds("because", "edition 2: 改正 <误字>" in every("plain", ".//p:eventDetail"), every("plain", ".//p:eventDetail"))
        holds("rights", "© 江城县档案馆 & 他人" in every("notice", ".//p:otherRightsNote"))
        holds("unstated rights", text("plain", ".//p:otherRightsBasis") == "not stated")
        holds("of a record no text", not roots["record"].findall(".//m:fileGrp[@USE='text']", SPACES))
        print(f"    {len(names)} METS valid by their schema, read by metsrw, and true of their files")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
