"""A line that breaks off after so many bytes, and stays broken until it is mended."""

import re
import socket
import threading


class Line:
    def __init__(self, port):
        self.to, self.budget, self.passed = port, None, 0
        self.lock, self.open = threading.Lock(), set()
        self.port = self.listen(port)

    def listen(self, to):
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self.accept, args=(listener, to), daemon=True).start()
        return listener.getsockname()[1]

    def cut_after(self, count):
        """Lets so many bytes pass, both ways together, on all connections; None for as many as there are."""
        with self.lock:
            self.budget, self.passed = count, 0

    def is_cut(self):
        return self.budget is not None and self.passed >= self.budget

    def accept(self, listener, to):
        while True:
            near, _ = listener.accept()
            if self.is_cut():
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", to))
            except OSError:
                near.close()
                continue
            with self.lock:
                self.open |= {near, far}
            for one, other, is_answer in ((near, far, False), (far, near, True)):
                threading.Thread(target=self.carry, args=(one, other, is_answer), daemon=True).start()

    def carry(self, one, other, is_answer):
        try:
            while data := one.recv(1 << 16):
                if is_answer:
                    data = re.sub(rb"227 [^(]*\(127,0,0,1,(\d+),(\d+)\)", self.passive, data)
                with self.lock:
                    rest = len(data) if self.budget is None else max(0, self.budget - self.passed)
                    self.passed += len(data)
                other.sendall(data[:rest])
                if rest < len(data):
                    self.cut()
                    return
        except OSError:
            pass
        finally:
            for end in (one, other):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                end.close()
                with self.lock:
                    self.open.discard(end)

    def passive(self, found):
        """FTP names a port of its own for each file: it gets a line too."""
        port = self.listen(int(found[1]) * 256 + int(found[2]))
        return b"227 Entering passive mode (127,0,0,1,%d,%d)" % divmod(port, 256)

    def cut(self):
        with self.lock:
            ends, self.open = self.open, set()
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
