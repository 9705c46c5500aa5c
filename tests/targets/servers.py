"""Real servers on loopback, each with a folder or a bucket that a test can look into, and with a disc that can be full."""

import asyncio
import errno
import hashlib
import hmac
import logging
import os
import shutil
import tempfile
import threading
from urllib.parse import quote, unquote

USER, PASSWORD = "archivist", "geheim-7f3a"


class Room:
    """How many bytes may still be written, and how many files were."""

    def __init__(self):
        self.left = None
        self.writes = 0

    def take(self, count):
        if self.left is not None:
            self.left -= count
            if self.left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")


class Folder:
    """A server whose files lie in a folder of this machine."""

    full = "disk is full"

    def __init__(self):
        self.room = Room()
        self.root = tempfile.mkdtemp(prefix="fonds-target-")
        self.secrets = {"PASSWORD": PASSWORD}

    def files(self):
        found = {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.root)] = file.read()
        return found

    def put(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def remove(self, path):
        os.remove(os.path.join(self.root, path))

    def clear(self):
        shutil.rmtree(self.root)
        os.mkdir(self.root)


class Ftp(Folder):
    name = "ftp"
    # It says no more than that the transfer was aborted.
    full = "426"

    def __init__(self):
        super().__init__()
        from pyftpdlib.authorizers import DummyAuthorizer
        from pyftpdlib.filesystems import AbstractedFS
        from pyftpdlib.handlers import FTPHandler
        from pyftpdlib.servers import ThreadedFTPServer

        logging.basicConfig(level=logging.CRITICAL)
        logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
        room = self.room

        class Counted:
            def __init__(self, file):
                self.file, self.name = file, file.name
                room.writes += 1

            def write(self, data):
                room.take(len(data))
                return self.file.write(data)

            def __getattr__(self, name):
                return getattr(self.file, name)

        class Files(AbstractedFS):
            def open(self, filename, mode):
                file = super().open(filename, mode)
                return Counted(file) if "w" in mode else file

        class Handler(FTPHandler):
            abstracted_fs = Files
            auth_failed_timeout = 0

        Handler.authorizer = DummyAuthorizer()
        Handler.authorizer.add_user(USER, PASSWORD, self.root, perm="elradfmwMT")
        server = ThreadedFTPServer(("127.0.0.1", 0), Handler)
        self.port = server.socket.getsockname()[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def settings(self, port):
        return f'kind = "ftp"\naddress = "ftp://127.0.0.1:{port}"\nuser = "{USER}"\npath = "www"\n'


class Dav(Folder):
    name = "webdav"

    def __init__(self):
        super().__init__()
        from cheroot import wsgi
        from wsgidav.wsgidav_app import WsgiDAVApp

        logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
        app = WsgiDAVApp({
            "provider_mapping": {"/dav": self.root},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": True, "default_to_digest": True},
            "verbose": 0, "logging": {"enable": False, "enable_loggers": []},
        })
        room = self.room

        def limited(environ, start_response):
            if environ["REQUEST_METHOD"] == "PUT":
                room.writes += 1
                try:
                    room.take(int(environ.get("CONTENT_LENGTH") or 0))
                except OSError:
                    start_response("507 Insufficient Storage", [("Content-Length", "0"), ("Connection", "close")])
                    return [b""]
            return app(environ, start_response)

        server = wsgi.Server(("127.0.0.1", 0), limited, numthreads=16)
        server.prepare()
        self.port = server.bind_addr[1]
        threading.Thread(target=server.serve, daemon=True).start()

    def settings(self, port):
        return f'kind = "webdav"\naddress = "http://127.0.0.1:{port}/dav/"\nuser = "{USER}"\npath = "a b/档"\n'


class Sftp(Folder):
    name = "sftp"

    def __init__(self):
        super().__init__()
        import asyncssh

        asyncssh.set_log_level(logging.CRITICAL)
        key, room, root = asyncssh.generate_private_key("ssh-ed25519"), self.room, self.root
        self.fingerprint = key.get_fingerprint()
        identity = asyncssh.generate_private_key("ssh-ed25519")
        self.identity = os.path.join(tempfile.mkdtemp(prefix="fonds-key-"), "id")
        identity.write_private_key(self.identity, passphrase=PASSWORD)
        authorized = asyncssh.import_authorized_keys(identity.export_public_key().decode())

        class Server(asyncssh.SSHServer):
            def begin_auth(self, _):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, name, password):
                return (name, password) == (USER, PASSWORD)

        class Files(asyncssh.SFTPServer):
            def __init__(self, channel):
                super().__init__(channel, chroot=root)

            def open(self, path, pflags, attrs):
                if pflags & asyncssh.FXF_WRITE:
                    room.writes += 1
                return super().open(path, pflags, attrs)

            def write(self, file, offset, data):
                room.take(len(data))
                return super().write(file, offset, data)

        ready = threading.Event()

        async def serve():
            server = await asyncssh.listen(
                "127.0.0.1", 0, server_factory=Server, server_host_keys=[key], sftp_factory=Files,
                authorized_client_keys=authorized)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await asyncio.Event().wait()

        threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
        ready.wait()

    def settings(self, port):
        return (f'kind = "sftp"\naddress = "sftp://127.0.0.1:{port}"\nuser = "{USER}"\npath = "srv/www"\n'
                f'host_key = "{self.fingerprint}"\n')


def is_signed(environ, key, secret):
    """Whether a request has the signature of version 4 that this key and secret give it."""
    said = environ.get("HTTP_AUTHORIZATION", "")
    parts = dict(part.strip().split("=", 1) for part in said.removeprefix("AWS4-HMAC-SHA256 ").split(",") if "=" in part)
    if not parts.get("Credential", "").startswith(key + "/"):
        return False
    day, region, service, end = scope = parts["Credential"].split("/")[1:]
    path, _, query = environ["RAW_URI"].partition("?")
    headers = "".join(
        f"{name}:{header(environ, name)}\n"
        for name in parts["SignedHeaders"].split(";"))
    encoded = lambda text: quote(unquote(text), safe="-_.~")
    pairs = sorted("=".join(encoded(part) for part in (pair.partition("=")[::2])) for pair in query.split("&") if pair)
    canonical = "\n".join([environ["REQUEST_METHOD"], path, "&".join(pairs), headers, parts["SignedHeaders"],
                           environ["HTTP_X_AMZ_CONTENT_SHA256"]])
    text = "\n".join(["AWS4-HMAC-SHA256", environ["HTTP_X_AMZ_DATE"], "/".join(scope),
                      hashlib.sha256(canonical.encode()).hexdigest()])
    sign = ("AWS4" + secret).encode()
    for step in (day, region, service, end, text):
        sign = hmac.new(sign, step.encode(), "sha256").digest()
    return hmac.compare_digest(sign.hex(), parts["Signature"])


def header(environ, name):
    name = name.upper().replace("-", "_")
    return " ".join((environ.get("HTTP_" + name) or environ.get(name) or "").split())


class S3:
    """moto; what is sent is held against its signature first."""

    name = "s3"
    full = "disk is full"

    def __init__(self):
        os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_DEFAULT_REGION="us-east-1")
        import boto3
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import WSGIRequestHandler, make_server

        self.room = room = Room()
        self.secrets = secrets = {"KEY": "AKIAFONDSTEST0000001", "SECRET": PASSWORD + "/+x"}
        app = DomainDispatcherApplication(create_backend_app)

        def checked(environ, start_response):
            if not is_signed(environ, secrets["KEY"], secrets["SECRET"]):
                return refused(start_response, "SignatureDoesNotMatch")
            if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].count("/") > 1:
                room.writes += 1
                try:
                    room.take(int(environ.get("CONTENT_LENGTH") or 0))
                except OSError:
                    return refused(start_response, "QuotaExceeded")
            return app(environ, start_response)

        def refused(start_response, code):
            start_response("403 Forbidden", [("Content-Type", "application/xml"), ("Connection", "close")])
            return [f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()]

        class Quiet(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"

            def log(self, *_):
                pass

        server = make_server("127.0.0.1", 0, checked, threaded=True, request_handler=Quiet)
        self.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = {"endpoint_url": f"http://127.0.0.1:{self.port}", "region_name": "us-east-1"}
        self.s3 = boto3.client("s3", aws_access_key_id=secrets["KEY"], aws_secret_access_key=secrets["SECRET"], **where)
        self.s3.create_bucket(Bucket="archive")

    def settings(self, port):
        return (f'kind = "s3"\nendpoint = "http://127.0.0.1:{port}"\nbucket = "archive"\nregion = "us-east-1"\n'
                'path = "sub/档"\ncompress = true\n')

    def objects(self):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket="archive")
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def files(self):
        return {key: self.s3.get_object(Bucket="archive", Key=key)["Body"].read() for key in self.objects()}

    def put(self, path, text):
        self.s3.put_object(Bucket="archive", Key=path, Body=text.encode())

    def remove(self, path):
        self.s3.delete_object(Bucket="archive", Key=path)

    def clear(self):
        for key in self.objects():
            self.s3.delete_object(Bucket="archive", Key=key)
