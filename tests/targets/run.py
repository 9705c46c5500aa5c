"""Publishes to real servers on loopback, and cuts the line: run.py BINARY [NAME…]

For each server: the first publication, an edit of one word, what is withdrawn, foreign files, a line that breaks off at random
moments and is mended, a wrong secret, a full disc. After each, the site there is the old one, or the new one, or has the
file `publishing.json`.

FONDS_TARGET_CUTS=50 cuts so often at each server; without it, a few times. FONDS_TARGET_SEED=7 cuts elsewhere.
"""

import gzip
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import time

import clouds
import servers
from proxy import Line

CUTS = int(os.environ.get("FONDS_TARGET_CUTS", "2"))
SEED = int(os.environ.get("FONDS_TARGET_SEED", "1"))
DOCUMENTS = 6


class Archive:
    def __init__(self, fonds, settings):
        self.fonds, self.root = fonds, tempfile.mkdtemp(prefix="fonds-archive-")
        self.write("site.toml", f'title = "库"\nlanguage = "zh-Hans"\n[publish.web]\n{settings}')
        for number in range(DOCUMENTS):
            self.document(number, "一句话。" * 40)

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def document(self, number, text, fields=""):
        body = "" if "closed" in fields else f"导言。\n\n## 一、甲\n\n{text}\n"
        self.write(f"content/laws/d{number}.md", f'+++\ntitle = "第{number}件"\n{fields}\n+++\n{body}')

    def publish(self, secrets, *options):
        variables = {f"FONDS_WEB_{name}": value for name, value in secrets.items()}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FONDS_", "AWS_"))}
        return subprocess.run(
            [self.fonds, "--lang", "en", "publish", "web", "--format", "json", *options], cwd=self.root, text=True,
            capture_output=True, env=kept | variables, timeout=120)

    def site(self):
        public, found = os.path.join(self.root, "public"), {}
        for folder, _, names in os.walk(public):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(os.path.join(folder, name), public)] = file.read()
        return found


class Check:
    """One server and one archive."""

    def __init__(self, fonds, server):
        self.server, self.line = server, Line(server.port)
        self.archive = Archive(fonds, server.settings(self.line.port) + "retries = 0\n")
        self.prefix = {"ftp": "www/", "webdav": "a b/档/", "sftp": "srv/www/", "s3": "sub/档/"}[server.name]
        self.random = random.Random(SEED)
        self.foreign = {}

    def there(self):
        found = {}
        for path, data in self.server.files().items():
            if path in self.foreign:
                assert data.decode() == self.foreign[path], f"{path} was written over"
                continue
            assert path.startswith(self.prefix), path
            # What is kept packed is looked at as readers get it.
            found[path.removeprefix(self.prefix)] = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        missing = self.foreign.keys() - self.server.files().keys()
        assert not missing, f"{missing} were removed"
        return found

    def publish(self, *options, secrets=None):
        run = self.archive.publish(self.server.secrets if secrets is None else secrets, *options)
        for secret in self.server.secrets.values():
            assert secret not in run.stdout + run.stderr, "a secret was printed"
        return run

    def succeeds(self, *options):
        run = self.publish(*options)
        assert run.returncode == 0, run.stdout + run.stderr
        summary = json.loads(run.stdout.splitlines()[-1])
        if "--dry-run" not in options:
            assert self.there() == self.archive.site(), differences(self.there(), self.archive.site())
        return summary

    def first(self):
        dry = self.succeeds("--dry-run")
        assert not self.server.files(), "a dry run wrote something"
        summary = self.succeeds()
        assert summary["sent"] == dry["sent"] == len(self.archive.site()) - 1, summary
        again = self.succeeds()
        assert again["sent"] == again["removed"] == 0, again

    def one_word(self):
        before = self.there()
        self.archive.document(3, "一句话。" * 20 + "改过的词。" + "一句话。" * 19)
        self.server.room.writes = 0
        summary = self.succeeds()
        changed = {path for path, data in self.there().items() if before.get(path) != data} - {"manifest.json"}
        assert summary["sent"] == len(changed) < len(before) / 2, (summary, sorted(changed))
        # The marker and the manifest are files too.
        assert self.server.room.writes == len(changed) + 2, (self.server.room.writes, len(changed))

    def withdrawn(self):
        assert any(path.startswith("laws/d5/") and path.endswith(".txt") for path in self.there())
        self.archive.document(5, "", 'access = "closed"\naccess_note = "待定"')
        summary = self.succeeds()
        assert summary["removed"] > 0, summary
        assert not any(path.startswith("laws/d5/") and path.endswith(".txt") for path in self.there())
        assert not any("一句话".encode() in data for path, data in self.there().items() if path.startswith("laws/d5/"))

    def strangers(self):
        aside, way = self.prefix + "laws/note.txt", self.prefix + "laws/d90/index.html"
        self.server.put(aside, "kept")
        self.foreign = {aside: "kept"}
        self.succeeds()
        self.server.put(way, "in the way")
        self.foreign[way] = "in the way"
        self.archive.document(90, "新的。")
        before = self.there()
        run = self.publish()
        assert run.returncode == 1 and "strange-files" in run.stdout, run.stdout + run.stderr
        assert before == self.there(), "something was sent"
        del self.foreign[way]
        self.server.remove(way)
        self.succeeds()

    def cut(self):
        """Cuts the line at random moments, and then mends it."""
        self.line.cut_after(None)
        self.change(0)
        self.line.cut_after(1 << 60)
        self.succeeds()
        whole, states = self.line.passed, {"old": 0, "new": 0, "between": 0}
        for number in range(1, CUTS + 1):
            before = self.there()
            self.change(number)
            self.line.cut_after(self.random.randrange(int(whole * 1.05)))
            run = self.publish()
            self.line.cut_after(None)
            after, now = self.settled(), self.archive.site()
            assert run.returncode in (0, 3), run.stdout + run.stderr
            if after == before:
                states["old"] += 1
            elif after == now:
                states["new"] += 1
            else:
                assert "publishing.json" in after, differences(after, now)
                assert "改为" in json.loads(after["publishing.json"])["about_zh"]
                states["between"] += 1
            if number % 5 == 0:
                # Another edition, and a journal that is gone.
                self.change(number + 1000)
                os.remove(os.path.join(self.archive.root, ".fonds/targets/web"))
            self.succeeds()
            assert "publishing.json" not in self.there()
        return ", ".join(f"{count} {state}" for state, count in states.items())

    def settled(self):
        """What is there when the server has noticed that the line is cut."""
        last = self.parts_aside()
        for _ in range(20):
            time.sleep(0.02)
            now = self.parts_aside()
            if now == last:
                return now
            last = now
        return last

    def parts_aside(self):
        return {path: data for path, data in self.there().items() if not path.endswith((".part", ".old"))}

    def change(self, number):
        for document in (1, 2, number % DOCUMENTS if number % DOCUMENTS != 5 else 6):
            self.archive.document(document, f"第{number}次修改。" * 30)
        self.archive.document(200 + number % 3, f"{number}", 'access = "closed"\naccess_note = "x"' if number % 2 else "")

    def wrong_secret(self):
        before = self.there()
        self.change(77)
        for name in self.server.secrets:
            wrong = self.server.secrets | {name: "wrong-9c1d"}
            run = self.publish(secrets=wrong)
            assert run.returncode == 3 and "wrong-9c1d" not in run.stdout + run.stderr, run.stdout + run.stderr
            assert "does not accept" in run.stderr, run.stderr
        run = self.publish(secrets={})
        assert run.returncode == 1 and "no-secret" in run.stdout, run.stdout + run.stderr
        assert self.there() == before
        self.succeeds()

    def full(self):
        before = self.there()
        for number, room in ((301, 0), (302, 3_000), (303, 40_000)):
            self.change(number)
            self.server.room.left = room
            run = self.publish()
            self.server.room.left = None
            assert run.returncode == 3 and self.server.full in run.stderr, run.stdout + run.stderr
            after = self.parts_aside()
            assert after == before or "publishing.json" in after
        self.succeeds()

    def run(self):
        for step in (self.first, self.one_word, self.withdrawn, self.strangers, self.cut, self.wrong_secret, self.full):
            yield step.__name__, step


class SftpCheck(Check):
    def run(self):
        yield from super().run()
        yield "keys", self.keys

    def keys(self):
        """An unknown key of the server, a wrong one, a private key of one's own."""
        site = os.path.join(self.archive.root, "site.toml")
        with open(site) as file:
            text = file.read()
        line = f'host_key = "{self.server.fingerprint}"\n'
        for other, said in (("", self.server.fingerprint), ('host_key = "SHA256:AAAA"\n', "not the one")):
            self.archive.write("site.toml", text.replace(line, other))
            run = self.publish()
            assert run.returncode == 1 and "host-key" in run.stdout and said in run.stdout, run.stdout + run.stderr
        self.archive.write("site.toml", text + f'identity = "{self.server.identity}"\n')
        self.change(404)
        self.succeeds()


class S3Check(Check):
    def run(self):
        yield from super().run()
        yield "heads", self.heads

    def heads(self):
        """What browsers are told."""
        def head(path):
            return self.server.s3.head_object(Bucket="archive", Key=self.prefix + path)

        page = head("laws/d1/index.html")
        assert page["ContentType"] == "text/html; charset=utf-8" and page["ContentEncoding"] == "gzip", page
        assert "max-age=300" in page["CacheControl"] and "ContentDisposition" not in page, page
        assert head("fonds.css")["ContentType"] == "text/css; charset=utf-8"
        book = head("laws/d1/d1.epub")
        assert book["ContentType"] == "application/epub+zip" and "ContentEncoding" not in book, book


def differences(one, other):
    return {path: ("there" if path in one else "", "here" if path in other else "")
            for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def main():
    fonds, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    kinds = [(servers.S3, S3Check), (servers.Sftp, SftpCheck), (servers.Dav, Check), (servers.Ftp, Check)]
    passed = failed = 0
    checks = [(kind.name, lambda kind=kind, check=check: check(fonds, kind()).run()) for kind, check in kinds]
    checks += [(cloud.name, lambda cloud=cloud: clouds.run(cloud, Archive, fonds)) for cloud in clouds.ALL]
    for name, steps in checks:
        if wanted and name not in wanted:
            continue
        began = time.time()
        told = []
        for step, do in steps():
            try:
                said = do()
                told.append(step + (f" ({said})" if said else ""))
                passed += 1
            except Exception as error:  # noqa: BLE001: every fault is told
                failed += 1
                where = error.__traceback__
                while where.tb_next:
                    where = where.tb_next
                print(f"    FAILED {name} {step}, line {where.tb_lineno}: {str(error)[:1500]}")
                break
        print(f"    {name}: {', '.join(told)}; {time.time() - began:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    # A server whose line was cut says so once for every piece that it still meant to send.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    status = main()
    sys.stdout.flush()
    # Threads of servers that wait for a line which nobody will mend are not waited for.
    os._exit(status)
