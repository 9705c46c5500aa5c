// Pagefind (https://pagefind.app), set up to its best for an archive in Chinese.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { run } from "./process.mjs";

/** What stands in the text's element, or beside the title, and is no text. `nav` Pagefind leaves out by itself. */
const NO_TEXT = [".reading .head", ".rubric", ".byline", ".actions", "#fonds-text", "#fonds-notes", ".noteref", ".note-number", "#fonds-files", ".files", ".source", ".withheld"];

/** Of what Pagefind writes, the ready-made search boxes, which the bench does not use and does not count. */
const BOXES = /-ui\.(?:js|css)$|highlight\.js$/;

/** The page that asks: the first ten results with their excerpts, as Pagefind's own box shows them. */
const ASKING = `
const question = new URLSearchParams(location.search).get("q");
window.searchAnswer = (async () => {
  const pagefind = await import("./pagefind/pagefind.js");
  await pagefind.init();
  if (question === null) return;
  const { results } = await pagefind.search(question);
  const totals = performance.now();
  const list = document.getElementById("hits");
  for (const { url, excerpt } of await Promise.all(results.slice(0, 10).map((result) => result.data()))) {
    list.insertAdjacentHTML("beforeend", \`<li><a href="\${url}">\${url}</a> \${excerpt}</li>\`);
  }
  return { ids: results.map((result) => result.id), totals, first: performance.now() };
})();
`;

/**
 * Indexes pages of a site: { seconds, megabytes }. They are copied into a folder of their own, which leaves lists and
 * whole texts out in any archive, where a pattern of file names would fit one. All languages go into one index, for
 * Pagefind asks only that of the page that asks.
 */
export async function index(site, pages, folder) {
  for (const { path } of pages) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    copyFileSync(join(site, path), join(folder, path));
  }
  const program = createRequire(import.meta.url).resolve(`@pagefind/${process.platform}-${process.arch}/bin/pagefind_extended`);
  const measured = await run(program, [
    "--site", folder, "--root-selector", "main", ...NO_TEXT.flatMap((selector) => ["--exclude-selectors", selector]),
    "--force-language", "zh", "--keep-index-url",
  ]);
  writeFileSync(join(folder, "ask.html"), '<!DOCTYPE html>\n<html lang="zh"><meta charset="utf-8"><title>Pagefind</title><ol id="hits"></ol><script type="module" src="ask.js"></script></html>\n');
  writeFileSync(join(folder, "ask.js"), ASKING);
  return measured;
}

/** The files that searching may read. */
export function files(folder) {
  return readdirSync(join(folder, "pagefind"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !BOXES.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Which page each result is, by the result's id. */
export function pagesById(folder) {
  const fragments = files(folder).filter((file) => file.endsWith(".pf_fragment"));
  // Twelve letters of signature stand before the JSON.
  const urlOf = (file) => JSON.parse(gunzipSync(readFileSync(file)).subarray(12)).url;
  return new Map(fragments.map((file) => [basename(file, ".pf_fragment"), decodeURIComponent(urlOf(file)).slice(1)]));
}
