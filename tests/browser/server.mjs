// A static host of the plainest kind, on this machine only: files as they lie, text compressed as most hosts do.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder: { origin, sent, close }. `sent` lists every answer in the order in which they end, as
 * { path, bytes, plain, at }: bytes as sent, bytes of the file, and when, in milliseconds since 1970.
 */
export async function serve(folder) {
  const root = resolve(folder);
  const sent = [];
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url);
    let file = path === null ? null : join(root, path);
    if (file?.endsWith(sep)) file += "index.html";
    const content = file?.startsWith(root + sep) ? await readFile(file).catch(() => null) : null;
    if (content === null) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" };
    let body = content;
    if (extname(file) in TYPES && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      body = gzipSync(content);
      headers["content-encoding"] = "gzip";
    }
    response.on("finish", () => sent.push({ path, bytes: body.length, plain: content.length, at: performance.timeOrigin + performance.now() }));
    response.writeHead(200, headers).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

function pathOf(address) {
  try {
    return decodeURIComponent(address.split(/[?#]/)[0]);
  } catch {
    return null;
  }
}
