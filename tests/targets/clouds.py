"""The object storages of Alibaba, Tencent and Huawei, as far as they can be had without an account.

No server of theirs runs elsewhere. So a small one stands here in their place: it takes what their public descriptions say that a
signed request is, holds each request against its signature, and keeps objects. That shows that the requests are signed and
shaped as described. It does not show that the real storages take them.
"""

import base64
import gzip
import hashlib
import hmac
import http.server
import json
import os
import threading
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET = "key-of-the-test", "geheim-of-the-test-5e1"


def slashed(text):
    return quote(text, safe="-_.~/")


class Storage:
    """A bucket that answers as its storage does."""

    def __init__(self):
        self.objects, self.heads, self.bad = {}, {}, []
        storage = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self):
                # The names of their hosts lead nowhere here, so the program is told of a proxy.
                self.send_response(200)
                self.end_headers()

            def answer(self):
                address = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                key, query = unquote(address.path).lstrip("/"), dict(parse_qsl(address.query, keep_blank_values=True))
                fault = storage.fault(self.command, address, self.headers)
                if fault:
                    storage.bad.append(fault)
                    return self.say(403, b"<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>")
                if self.command == "PUT":
                    storage.objects[key], storage.heads[key] = body, dict(self.headers)
                    return self.say(200)
                if self.command == "DELETE":
                    storage.objects.pop(key, None)
                    return self.say(204)
                if not key:
                    return self.say(200, storage.listed(query))
                if key not in storage.objects:
                    return self.say(404, b"<Error><Code>NoSuchKey</Code><Message>no</Message></Error>")
                return self.say(200, storage.objects[key])

            do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = answer

            def say(self, status, body=b""):
                self.send_response(status)
                self.send_header("ETag", '"none"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def listed(self, query):
        prefix, names = query.get("prefix", ""), sorted(self.objects)
        inner = [name for name in names if name.startswith(prefix)]
        files = [name for name in inner if "/" not in name[len(prefix):]]
        folders = sorted({prefix + name[len(prefix):].split("/")[0] + "/" for name in inner if name not in files})
        out = "<ListBucketResult><IsTruncated>false</IsTruncated>"
        out += "".join(f"<Contents><Key>{name}</Key><LastModified>2026-11-29T00:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag>"
                       f"<Size>{len(self.objects[name])}</Size></Contents>" for name in files)
        out += "".join(f"<CommonPrefixes><Prefix>{name}</Prefix></CommonPrefixes>" for name in folders)
        return (out + "</ListBucketResult>").encode()

    def settings(self):
        return (f'kind = "{self.name}"\nendpoint = "http://{self.host}"\nbucket = "archive-1"\npath = "sub"\n'
                f'retries = 0\nconnections = 2\n{self.more}')

    more = ""


def sha1(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()


class WithHeaders(Storage):
    """OSS (version 1 of its signatures) and OBS: method, type and date, their own headers, and the object's name."""

    def fault(self, method, address, headers):
        own = "".join(f"{name.lower()}:{headers[name].strip()}\n" for name in sorted(headers, key=str.lower)
                      if name.lower().startswith(self.prefix))
        date = "" if headers.get(self.prefix + "date") else headers.get("date", "")
        if date:
            parsedate_to_datetime(date)
        text = "\n".join([method, headers.get("content-md5", ""), headers.get("content-type", ""), date,
                          f"{own}/archive-1{unquote(address.path)}"])
        wanted = f"{self.word} {KEY}:{base64.b64encode(sha1(SECRET, text)).decode()}"
        said = headers.get("authorization", "")
        if headers["host"] != f"archive-1.{self.host}":
            return f"host {headers['host']}"
        return None if hmac.compare_digest(said, wanted) else f"{said} for {text!r}"


class Oss(WithHeaders):
    name, host, word, prefix, more = "oss", "oss-cn-hangzhou.example", "OSS", "x-oss-", "compress = true\n"


class Obs(WithHeaders):
    name, host, word, prefix = "obs", "obs.cn-north-4.myhuaweicloud.com", "OBS", "x-obs-"


class Cos(Storage):
    """COS: a key for a time, then the method, the path, parameters and headers that the request names."""

    name, host = "cos", "cos.ap-shanghai.example"

    def fault(self, method, address, headers):
        said = dict(part.split("=", 1) for part in headers.get("authorization", "").split("&") if "=" in part)
        query = {quote(k, safe="-_.~").lower(): quote(v, safe="-_.~") for k, v in parse_qsl(address.query, keep_blank_values=True)}
        names = [name for name in said.get("q-header-list", "").split(";") if name]
        head = "&".join(f"{quote(name, safe='-_.~').lower()}={quote(headers[name], safe='-_.~')}" for name in names)
        listed = [name for name in said.get("q-url-param-list", "").split(";") if name]
        params = "&".join(f"{name}={query.get(name, '')}" for name in listed)
        text = "\n".join([method.lower(), unquote(address.path), params, head, ""])
        time = said.get("q-key-time", "")
        to_sign = f"sha1\n{time}\n{hashlib.sha1(text.encode()).hexdigest()}\n"
        wanted = sha1(sha1(SECRET, time).hex(), to_sign).hex()
        if said.get("q-ak") != KEY or headers["host"] != f"archive-1.{self.host}":
            return f"{said} to {headers['host']}"
        return None if hmac.compare_digest(said.get("q-signature", ""), wanted) else f"{said} for {text!r}"


def run(kind, archive_of, fonds):
    storage = kind()
    archive = archive_of(fonds, storage.settings())
    proxy = {"http_proxy": f"http://127.0.0.1:{storage.port}"}

    def publish(secret=SECRET):
        os.environ.update(proxy)
        try:
            return archive.publish({"KEY": KEY, "SECRET": secret})
        finally:
            os.environ.pop("http_proxy")

    def there():
        unpacked = {key: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for key, data in storage.objects.items()}
        return {key.removeprefix("sub/"): data for key, data in unpacked.items()}

    def sent():
        done = publish()
        assert done.returncode == 0, f"{done.stdout[-500:]}{done.stderr[-500:]}{storage.bad[:1]}"
        assert there() == archive.site() and not storage.bad, storage.bad[:2]
        return json.loads(done.stdout.splitlines()[-1])

    def first():
        assert sent()["sent"] == len(archive.site()) - 1
        head = {name.lower(): value for name, value in storage.heads["sub/laws/d1/index.html"].items()}
        assert head["content-type"] == "text/html; charset=utf-8" and "max-age=300" in head["cache-control"], head
        assert ("content-encoding" in head) == (kind is Oss), head

    def one_word():
        before = there()
        archive.document(3, "改过的词。")
        changed = [path for path in sent() and there() if before.get(path) != there()[path]]
        assert 3 < len(changed) < len(before) / 2

    def wrong_secret():
        before = there()
        archive.document(2, "又改。")
        done = publish("wrong")
        assert done.returncode == 3 and "does not accept" in done.stderr and there() == before, done.stderr
        storage.bad.clear()
        sent()

    for step in (first, one_word, wrong_secret):
        yield step.__name__, step


ALL = [Oss, Cos, Obs]
