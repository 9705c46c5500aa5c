"""What `fonds serve --oai` answers, harvested by Sickle, which others wrote, and held against the schema of OAI-PMH.

Every record comes once over all pages, what went is told as deleted, and what came since a day comes alone.
"""

import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from common import FONDS, SCHEMAS, fonds, written
from lxml import etree
from shapes import SITE, document
from sickle import Sickle

FAULTS = []
ADDRESS = 'base_url = "https://archive.example/"\npublisher_email = "desk@archive.example"\n'
FIRST, SECOND = "1795910400", "1796256000"
COUNT = 330


def same(what, found, wanted):
    if found != wanted:
        FAULTS.append(what)
        print(f"    {what}: {str(found)[:300]}, not {str(wanted)[:300]}")


def archive(folder):
    files = {f"content/{'laws/old' if n % 3 else '法'}/t{n}.md": document(f"第 {n} 篇", "文。") for n in range(COUNT)}
    files |= {"content/laws/mistake.md": document("误发", "文。")}
    files |= {"content/laws/closed.md": document("封存", "秘。", 'access = "closed"\naccess_note = "待定"\n')}
    written(folder, {"site.toml": ADDRESS + SITE} | files)
    steps = [(FIRST, ["publish", "--by-hand"])]
    for day, arguments in steps:
        assert fonds(folder, *arguments, day=day).returncode == 0
    (folder / "content/laws/mistake.md").unlink()
    (folder / "content/法/t0.md").write_text(document("第 0 篇", "改过的文。"))
    for arguments in (["forget", "laws/mistake", "--because", "误发"], ["publish", "--by-hand"]):
        run = fonds(folder, *arguments, day=SECOND)
        assert run.returncode == 0, run.stderr


def check_schema(address):
    """Answers and errors of every kind; the token of a page is the next one's."""
    rules = etree.XMLSchema(etree.parse(SCHEMAS / "OAI-PMH.xsd"))
    identifier = "oai:archive.example:t1"
    asked = [
        {"verb": "Identify"},
        {"verb": "ListMetadataFormats"},
        {"verb": "ListSets"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": identifier},
        {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "from": "2026-11-30"},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "laws"},
        {"verb": "Guess"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:archive.example:none"},
        {"verb": "ListRecords", "metadataPrefix": "marc21"},
        {"verb": "ListRecords", "resumptionToken": "none"},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1990-01-01"},
        {"verb": "Identify", "until": "<&\">"},
    ]
    answers = 0
    for query in asked:
        while query:
            text = urllib.request.urlopen(f"{address}?{urllib.parse.urlencode(query)}").read()
            root = etree.fromstring(text)
            rules.validate(root)
            same(str(query), [error.message for error in rules.error_log], [])
            answers += 1
            token = root.findtext(".//{*}resumptionToken")
            query = {"verb": query["verb"], "resumptionToken": token} if token else None
    return answers


def check_harvest(address):
    harvester = Sickle(address)
    identify = harvester.Identify()
    same("deletedRecord", identify.deletedRecord, "persistent")
    same("granularity", identify.granularity, "YYYY-MM-DD")
    records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    identifiers = [record.header.identifier for record in records]
    same("each record once", len(set(identifiers)), len(identifiers))
    wanted = sorted([f"oai:archive.example:t{n}" for n in range(COUNT)] + ["oai:archive.example:mistake"])
    same("all records", sorted(identifiers), wanted)
    same("deleted", [record.header.identifier for record in records if record.deleted], ["oai:archive.example:mistake"])
    titles = [record.metadata["title"][0] for record in records if not record.deleted]
    same("titles", all(re.fullmatch(r"第 \d+ 篇", title) for title in titles), True)
    same("days in order", [r.header.datestamp for r in records] == sorted(r.header.datestamp for r in records), True)
    new = harvester.ListIdentifiers(metadataPrefix="oai_dc", **{"from": "2026-11-30"})
    same("new", sorted(header.identifier for header in new), ["oai:archive.example:mistake", "oai:archive.example:t0"])
    open_only = list(harvester.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))
    same("without deleted ones", len(open_only), COUNT)
    sets = {each.setSpec: each.setName for each in harvester.ListSets()}
    same("sets", sorted(sets), ["laws", "laws:old", "~E6~B3~95"])
    for spec in sets:
        count = len(list(harvester.ListIdentifiers(metadataPrefix="oai_dc", set=spec)))
        same(f"set {spec}", count, {"laws": COUNT * 2 // 3 + 1, "laws:old": COUNT * 2 // 3, "~E6~B3~95": COUNT // 3}[spec])
    one = harvester.GetRecord(metadataPrefix="oai_dc", identifier="oai:archive.example:t1")
    same("one record", one.metadata["title"], ["第 1 篇"])
    same("posted", len(list(Sickle(address, http_method="POST").ListRecords(metadataPrefix="oai_dc"))), len(records))
    for error, ask in {
        "NoRecordsMatch": lambda: harvester.ListRecords(metadataPrefix="oai_dc", until="1990-01-01"),
        "CannotDisseminateFormat": lambda: harvester.ListRecords(metadataPrefix="marc21"),
        "IdDoesNotExist": lambda: harvester.GetRecord(metadataPrefix="oai_dc", identifier="oai:archive.example:closed"),
        "BadResumptionToken": lambda: harvester.ListRecords(resumptionToken="none"),
        "BadArgument": lambda: harvester.ListRecords(metadataPrefix="oai_dc", until="soon"),
    }.items():
        try:
            ask()
            same(error, "an answer", error)
        except Exception as found:  # Each of Sickle's has a base of its own.
            same(error, type(found).__name__, error)
    return len(records)


def main():
    with tempfile.TemporaryDirectory() as folder:
        archive(Path(folder))
        server = subprocess.Popen(
            [FONDS, "--lang", "en", "serve", "--oai", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = server.stdout.readline().strip() + "oai"
            records, answers = check_harvest(address), check_schema(address)
        finally:
            server.terminate()
            server.wait()
    print(f"    {records} records harvested, {answers} answers valid by the schema of OAI-PMH")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
