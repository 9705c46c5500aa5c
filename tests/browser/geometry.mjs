// How pages are laid out, as far as fonts have no part in it: what is seen and in which order, where each part begins,
// whether the contents stand beside the text, how wide the text runs, and the colours of every paper with their contrast.
// Pictures of pages cannot be kept, since every machine has other fonts; these facts are the same everywhere.
//
//   node geometry.mjs SITE                  compares with golden/geometry.txt
//   FONDS_BLESS=1 node geometry.mjs SITE    rewrites it; the diff is read
//
// One page of each kind and language, three widths, three papers. A paper must change no place and a width no colour.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { fail, launchOptions } from "./chromium.mjs";

const site = resolve(process.argv[2] ?? "public");
if (!existsSync(`${site}/index.html`)) fail(`there is no site in ${site}`);
const golden = fileURLToPath(new URL("golden/geometry.txt", import.meta.url));
const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark", "sepia"];

const kinds = new Map();
for (const file of readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html") && !path.startsWith("zh-Hant/")).sort()) {
  const html = readFileSync(join(site, file), "utf8");
  const kind = /<body class="is-([^"]+)"/.exec(html)?.[1];
  const lang = /<html lang="([^"]+)"/.exec(html)?.[1];
  const name = lang === "zh-Hans" ? kind : `${kind} in ${lang}`;
  if (kind && !kinds.has(name)) kinds.set(name, file);
}

const faults = [];
/** Kind and width → lines; kind and scheme → lines. */
const facts = new Map();
const browser = await chromium.launch(launchOptions());
try {
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) await look(scheme, width);
  }
} finally {
  await browser.close();
}

const told = [...facts.keys()].sort().map((key) => `${key}\n${facts.get(key).map((line) => `  ${line}\n`).join("")}`).join("\n");
if (process.env.FONDS_BLESS) writeFileSync(golden, told);
const expected = existsSync(golden) ? readFileSync(golden, "utf8") : "";
if (told !== expected) compare(expected.split("\n\n"), told.split("\n\n"));
for (const fault of faults) console.log(fault);
console.log(`${kinds.size} kinds, ${WIDTHS.length} widths, ${SCHEMES.length} papers: ${facts.size} sets of facts, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

async function look(scheme, width) {
  const context = await browser.newContext({
    colorScheme: scheme === "dark" ? "dark" : "light", viewport: { width, height: 900 }, reducedMotion: "reduce", offline: true,
  });
  if (scheme === "sepia") await context.addInitScript(() => localStorage.setItem("fonds-settings", '{"scheme":"sepia"}'));
  const page = await context.newPage();
  for (const [kind, file] of kinds) {
    await page.goto(`${pathToFileURL(site).href}/${file.split("/").map(encodeURIComponent).join("/")}`);
    const { places, colours } = await page.evaluate(measure);
    keep(`${kind}, ${String(width).padStart(4)} px`, places, `on the paper ${scheme}`);
    keep(`${kind}, ${scheme}`, colours, `at ${width} px`);
  }
  await context.close();
}

function keep(key, lines, where) {
  const before = facts.get(key);
  for (const line of lines.filter((line) => /MORE THAN|TOO FAINT/.test(line))) faults.push(`${key}: ${line}`);
  if (!before) facts.set(key, lines);
  else lines.forEach((line, at) => { if (line !== before[at]) faults.push(`${key}: ${where} it is “${line}” and elsewhere “${before[at]}”`); });
}

/** Runs in the page. */
function measure() {
  // Large parts only: what stands in a line of text moves with the font.
  const parts = {
    masthead: ".masthead", edition: ".edition", crumbs: ".crumbs", title: "h1", byline: ".head .byline", actions: ".actions",
    intro: ".intro", contents: "#fonds-contents", "contents' fold": "#fonds-contents summary", "contents' title": ".toc-title",
    "contents' list": "#fonds-contents ol", text: "main .text:not(.intro)", notes: ".notes", neighbours: ".neighbours", "first block": ".block",
    "its name": ".block > h2", chart: ".chart", collections: ".collections", documents: ".documents", entries: ".entries",
    pager: ".pager", "search field": ".search form", facets: ".facets", results: ".search-body > div", source: ".source",
    siblings: ".siblings", colophon: ".colophon",
  };
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const body = document.body.getBoundingClientRect();
  const left = body.left + parseFloat(getComputedStyle(document.body).paddingLeft);
  const round = (number) => String(Math.round(number * 10) / 10 + 0);
  const seen = [], hidden = [];
  for (const [name, selector] of Object.entries(parts)) {
    const element = document.querySelector(selector);
    if (!element) continue;
    const box = element.getBoundingClientRect();
    const shown = element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && box.width > 0;
    if (shown) seen.push({ name, box, element });
    else hidden.push(name);
  }
  const places = [
    `seen: ${seen.map(({ name }) => name).join(", ")}`,
    `hidden: ${hidden.join(", ") || "nothing"}`,
    `begins at (rem): ${seen.map(({ name, box }) => `${name} ${round((box.left - left) / rem)}`).join(", ")}`,
  ];
  // From top to bottom; what stands in one line is joined, in the order of the page, since a font decides by a pixel which is higher.
  const of = (name) => seen.find((part) => part.name === name);
  const [contents, text] = [of("contents"), of("text")];
  const reads = contents && text && document.querySelector(".reading");
  const beside = reads && (contents.box.right <= text.box.left || text.box.right <= contents.box.left);
  const leaves = seen.filter(({ element }) => !seen.some((other) => other.element !== element && element.contains(other.element)))
    .filter(({ element }) => !beside || !contents.element.contains(element));
  const lines = [];
  for (const { name, box } of leaves.sort((a, b) => a.box.top - b.box.top)) {
    const line = lines.find((line) => line.top + 2 < box.bottom && box.top + 2 < line.bottom);
    if (line) Object.assign(line, { names: [...line.names, name], bottom: Math.max(line.bottom, box.bottom) });
    else lines.push({ names: [name], top: box.top, bottom: box.bottom });
  }
  const said = ({ names }) => names.length > 1 ? `[${Object.keys(parts).filter((name) => names.includes(name)).join(" | ")}]` : names[0];
  places.push(`from top to bottom: ${lines.map(said).join(", ")}`);
  if (reads) places.push(`contents: ${beside ? `beside the text, ${round(contents.box.width / rem)} rem` : "above the text"}`);
  const column = document.querySelector("main .text:not(.intro)") ?? document.querySelector("main .text");
  if (column) {
    const probe = document.createElement("span");
    Object.assign(probe.style, { display: "block", height: "0", width: "1ic" });
    column.append(probe);
    const ic = probe.getBoundingClientRect().width;
    const size = parseFloat(getComputedStyle(column).fontSize);
    probe.remove();
    const chinese = column.matches(":lang(zh)");
    const run = column.getBoundingClientRect().width / (chinese ? ic : size);
    places.push(`text: ${round(run)} ${chinese ? "ic" : "em"} a line${run > 40 ? ", MORE THAN 40" : ""}, ${round(size / rem)} rem`);
  }

  // Colours, as the browser computes them.
  const probe = document.createElement("p");
  document.querySelector("main").append(probe);
  const colour = (value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(Number);
  };
  const light = (parts) => parts.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return ((bright + 0.05) / (dark + 0.05)).toFixed(2);
  };
  const hex = (parts) => `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  const paper = colour(getComputedStyle(document.documentElement).backgroundColor);
  const ink = colour(getComputedStyle(column ?? document.querySelector("main")).color);
  const colours = [`paper ${hex(paper)}`];
  for (const [name, value] of [["text", ink], ["accent", colour("var(--seal)")], ["aside", colour("var(--soft)")]]) {
    const ratio = contrast(value, paper);
    colours.push(`${name} ${hex(value)}, ${ratio} : 1${ratio < 4.5 ? ", TOO FAINT" : ""}`);
  }
  const [mark, wash] = [colour("var(--mark)"), colour("var(--wash)")];
  colours.push(`text on a mark ${hex(mark)}, ${contrast(ink, mark)} : 1`, `text on a wash ${hex(wash)}, ${contrast(ink, wash)} : 1`);
  probe.remove();
  return { places, colours };
}

/** What differs, by sets of facts. */
function compare(before, after) {
  const [old, now] = [before, after].map((sets) => new Map(sets.map((set) => [set.split("\n")[0], set.trim().split("\n").slice(1)])));
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(key) ?? [], now.get(key) ?? []];
    for (let at = 0; at < Math.max(was.length, is.length); at += 1) {
      if (was[at] !== is[at]) faults.push(`${key}:\n  was ${was[at]?.trim() ?? "not told"}\n  is  ${is[at]?.trim() ?? "not told"}`);
    }
  }
}
