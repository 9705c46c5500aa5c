// The site in a real browser, as a reader opens it: by a double click, from a disc, with the network off.
//
//   node site.mjs PUBLIC    crawls every page that is reachable from PUBLIC/index.html
//
// On every page: each link's file and anchor exist in the page that the browser shows, images load, nothing is asked of
// another site, the console stays silent, axe finds nothing (one page of each kind, three widths, light, dark and
// sepia, everything that opens open).

import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { fail, launchOptions } from "./chromium.mjs";

const site = resolve(process.argv[2] ?? "public");
if (!existsSync(`${site}/index.html`)) fail(`there is no site in ${site}`);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const kinds = new Map();
/** Address of a page without its fragment → ids in it. */
const pages = new Map();
/** [page, address] of every link seen. */
const links = [];

const browser = await chromium.launch(launchOptions());
try {
  await crawl();
  await checkLinks();
  for (const colorScheme of ["light", "dark", "sepia"]) await checkAccessibility(colorScheme);
} finally {
  await browser.close();
}
for (const fault of faults) console.log(fault);
console.log(`${pages.size} pages of ${kinds.size} kinds (${[...kinds.keys()].sort().join(", ")}), ${links.length} links, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

/** Opens every page that links lead to, and remembers its ids and links. */
async function crawl() {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  let here = "";
  page.on("console", (message) => faults.push(`${here}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${here}: script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(pathToFileURL(site).href) && !request.url().startsWith("data:")) {
      faults.push(`${here}: asks for ${request.url()}`);
    }
  });
  page.on("requestfailed", (request) => {
    // Going on to the next page ends what is still being read; every other failure is a fault.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`${here}: did not get ${request.url()}`);
  });
  const open = [`${pathToFileURL(site).href}/index.html`, `${pathToFileURL(site).href}/404.html`, `${pathToFileURL(site).href}/search.html`];
  while (open.length > 0) {
    here = open.pop();
    if (pages.has(here)) continue;
    await page.goto(here);
    const found = await page.evaluate(() => ({
      kind: document.body.className,
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      // In a drawing an address is an object of its own.
      links: [...document.querySelectorAll("a[href], link[href]")].map((link) => new URL(link.getAttribute("href"), document.baseURI).href),
      broken: [...document.images].filter((image) => image.loading !== "lazy" && !image.naturalWidth).map((image) => image.src),
      lazy: [...document.images].map((image) => image.src),
    }));
    pages.set(here, new Set(found.ids));
    if (!kinds.has(found.kind)) kinds.set(found.kind, here);
    for (const id of found.ids.filter((id, at) => found.ids.indexOf(id) !== at)) faults.push(`${here}: two elements have the id ${id}`);
    for (const image of found.broken) faults.push(`${here}: the image ${image} does not load`);
    for (const image of found.lazy) links.push([here, image]);
    for (const link of found.links) {
      links.push([here, link]);
      const target = link.split("#")[0];
      if (target.startsWith(pathToFileURL(site).href) && target.endsWith(".html") && existsSync(fileURLToPath(target))) open.push(target);
    }
  }
  await context.close();
}

/** Every link within the site leads to a file, and its fragment to an element that the browser found there. */
async function checkLinks() {
  const exists = new Map();
  const has = (path) => {
    if (!exists.has(path)) exists.set(path, existsSync(path));
    return exists.get(path);
  };
  for (const [from, link] of links) {
    if (/^(https?|mailto|ftp|tel):/.test(link)) continue;
    const [target, fragment] = link.split("#");
    const path = fileURLToPath(target);
    if (!path.startsWith(`${site}/`)) faults.push(`${from}: leads out of the site: ${link}`);
    else if (!has(path) || path.endsWith("/")) faults.push(`${from}: leads nowhere: ${link}`);
    else if (fragment && !pages.get(target)?.has(decodeURIComponent(fragment))) faults.push(`${from}: no such place: ${link}`);
  }
}

/** axe-core on one page of each kind. */
async function checkAccessibility(colorScheme) {
  for (const viewport of [{ width: 320, height: 700 }, { width: 768, height: 1024 }, { width: 1280, height: 900 }]) {
    const system = colorScheme === "sepia" ? "light" : colorScheme;
    const context = await browser.newContext({ colorScheme: system, viewport, bypassCSP: true, offline: true });
    if (colorScheme === "sepia") await context.addInitScript(() => localStorage.setItem("fonds-settings", '{"scheme":"sepia"}'));
    const page = await context.newPage();
    for (const [kind, address] of kinds) {
      await page.goto(address);
      // What a reader opens is looked at open.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const { id, help, nodes } of violations) {
        faults.push(`${kind}, ${colorScheme}, ${viewport.width} px: ${id}: ${help}: ${nodes[0].target.join(" ")} (${nodes.length})`);
      }
    }
    await context.close();
  }
}
