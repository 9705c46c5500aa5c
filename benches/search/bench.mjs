// The search beside Pagefind, on the same pages and the same questions.
//
//   node benches/search/bench.mjs [DOCUMENTS|ARCHIVE] [QUESTIONS]
//
// DOCUMENTS (200) are made up by the corpus example in its shape `varied`; an ARCHIVE is a folder with a site.toml.
// Its words are real, and a search that cuts Chinese into words does better on real words, so recall and precision are
// best read from an archive, and sizes and times from a large corpus. QUESTIONS (60) are drawn from titles and texts,
// 1 to 12 characters long; what is true is found by reading everything. Everything lies in memory where it may.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tests/browser/chromium.mjs";
import { answers, dice, draw, readSite, readSources } from "../../tests/browser/oracle.mjs";
import { address, answer, watchPages } from "../../tests/browser/result-page.mjs";
import { serve } from "../../tests/browser/server.mjs";
import * as pagefind from "./pagefind.mjs";
import { run } from "./process.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const [what = "200", questionCount = "60"] = process.argv.slice(2);
/** Builds and copies that a median is taken of. */
const RUNS = 3;
/** A host is done with a question when it has sent nothing for so many milliseconds. */
const QUIET = 200;

const base = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "fonds-search-"));
try {
  await bench();
} finally {
  rmSync(base, { recursive: true, force: true });
}

async function bench() {
  const archive = archiveOf(what);
  const [site, paged] = [join(base, "site"), join(base, "pagefind")];
  const built = await build(archive, site);
  const pages = readSite(site);
  const hasSearch = existsSync(join(site, "search.html"));
  if (!hasSearch) console.log("This fonds builds no search.html: Pagefind is measured alone.");
  const indexed = await pagefind.index(site, pages, paged);

  const sources = readSources(join(archive, "content"));
  const random = dice(1950);
  const questions = Array.from({ length: Number(questionCount) }, () => draw(sources, random));
  const textBytes = pages.reduce((sum, page) => sum + page.bytes, 0);
  const documents = new Set(pages.map((page) => page.document)).size;
  console.log(`${documents} documents, ${pages.length} sections, ${megabytes(textBytes)} MB of text, ${questions.length} questions`);

  const browser = await chromium.launch(launchOptions());
  const columns = [];
  try {
    if (hasSearch) columns.push(await askFonds(browser, site, pages, questions));
    const quoted = questions.map((question) => `"${question}"`);
    columns.push(await askPagefind(browser, paged, pages, questions), await askPagefind(browser, paged, pages, quoted));
  } finally {
    await browser.close();
  }
  const indexes = [
    ...(hasSearch ? [{ name: "fonds", ...built, files: [...filesBelow(join(site, "search")), join(site, "search.html")] }] : []),
    ...["Pagefind", "Pagefind “…”"].map((name) => ({ name, ...indexed, files: pagefind.files(paged) })),
  ];
  print(indexes, columns, textBytes);
  console.log(`fonds builds the site and its index in ${built.seconds.toFixed(2)} s; cp -r of both takes ${built.copySeconds.toFixed(2)} s. Pagefind's seconds are its own alone.`);
}

/** An archive's folder; a number of documents makes one. */
function archiveOf(what) {
  if (!/^\d+$/.test(what)) return resolve(what);
  const archive = join(base, "archive");
  cargo("run", "--quiet", "--release", "--locked", "--example", "corpus", "--", what, archive, "varied");
  return archive;
}

function cargo(...args) {
  execFileSync(process.env.CARGO ?? "cargo", args, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
}

/** Builds the site and copies it, several times: median seconds of both, highest peak. */
async function build(archive, site) {
  cargo("build", "--quiet", "--release", "--locked");
  const fonds = join(resolve(repository, process.env.CARGO_TARGET_DIR ?? "target"), "release", "fonds");
  const copy = `${site}-copy`;
  const builds = [], copies = [];
  for (let turn = 0; turn < RUNS; turn += 1) {
    rmSync(site, { recursive: true, force: true });
    builds.push(await run(fonds, ["--quiet", "build", "--archive", archive, "--out", site]));
    copies.push(await run("cp", ["-r", site, copy]));
    rmSync(copy, { recursive: true });
  }
  return {
    seconds: quantile(builds.map((built) => built.seconds), 0.5),
    megabytes: Math.max(...builds.map((built) => built.megabytes)),
    copySeconds: quantile(copies.map((copied) => copied.seconds), 0.5),
  };
}

// --- asking --------------------------------------------------------------------------------------------------------

/** Asks from a host, then from a disc. */
async function askFonds(browser, site, pages, questions) {
  const host = await serve(site);
  const judge = (question, shown) => {
    const { sections, documents, paths } = answers(pages, question);
    const found = new Set(shown.hits.map((hit) => decodeURIComponent(new URL(hit).pathname).slice(1)));
    const wrong = [...found].filter((path) => !paths.has(path)).length;
    const said = shown.sections || 0;
    // Beyond the hits shown there is only their number to judge by.
    return {
      recall: sections ? Math.min(said, sections) / sections : 1,
      precision: said ? Math.min(1 - wrong / Math.max(1, found.size), Math.min(said, sections) / said) : 1,
      isExact: said === sections && shown.documents === documents && wrong === 0,
    };
  };
  const column = await ask(browser, host, questions, (question) => address(host.origin, question), `${host.origin}/search.html`, judge);
  await host.close();
  const context = await browser.newContext({ offline: true });
  await watchPages(context);
  const page = await context.newPage();
  let exact = 0;
  for (const question of questions) {
    await page.goto(address(pathToFileURL(site).href, question));
    const shown = await answer(page);
    const { sections, documents } = answers(pages, question);
    if (shown.sections === sections && shown.documents === documents) exact += 1;
  }
  await context.close();
  return { ...column, fromDisc: `${exact} of ${questions.length} exact` };
}

async function askPagefind(browser, folder, pages, questions) {
  const host = await serve(folder);
  const byId = pagefind.pagesById(folder);
  const judge = (question, shown) => {
    const { paths } = answers(pages, question);
    const found = shown.ids.map((id) => byId.get(id));
    const right = found.filter((path) => paths.has(path)).length;
    return {
      recall: paths.size ? right / paths.size : 1,
      precision: found.length ? right / found.length : 1,
      isExact: right === paths.size && right === found.length,
    };
  };
  const opening = `${host.origin}/ask.html`;
  const column = await ask(browser, host, questions, (question) => `${opening}?q=${encodeURIComponent(question)}`, opening, judge);
  await host.close();
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(folder).href}/ask.html?q=${encodeURIComponent(questions[0])}`);
  const fromDisc = await answer(page).then((shown) => (shown ? "yes" : "no"), () => "no");
  await context.close();
  return { ...column, fromDisc };
}

/** Every question in a browser that has never seen the site: what it read until ten results stood there, and after. */
async function ask(browser, host, questions, addressOf, opening, judge) {
  const column = { engine: 0, toFirst: [], plainToFirst: [], toEnd: [], first: [], totals: [], recall: [], precision: [], exact: 0, silent: 0 };
  for (const question of [null, ...questions]) {
    const context = await browser.newContext();
    if (question !== null) await watchPages(context);
    const page = await context.newPage();
    host.sent.length = 0;
    await page.goto(question === null ? opening : addressOf(question));
    const shown = question === null ? null : await answer(page);
    const origin = await page.evaluate(() => performance.timeOrigin);
    await quiet(host.sent);
    await context.close();
    const bytes = sum(host.sent, "bytes");
    if (question === null) {
      column.engine = bytes;
      continue;
    }
    if (shown.first === null || shown.totals === null) column.silent += 1;
    const before = host.sent.filter(({ at }) => at <= origin + (shown.first ?? Infinity));
    column.toFirst.push(sum(before, "bytes"));
    column.plainToFirst.push(sum(before, "plain"));
    column.toEnd.push(bytes);
    column.first.push(shown.first ?? NaN);
    column.totals.push(shown.totals ?? NaN);
    const { recall, precision, isExact } = judge(question, shown);
    column.recall.push(recall);
    column.precision.push(precision);
    if (isExact) column.exact += 1;
  }
  return column;
}

/** Waits until the host has sent nothing for a while. */
async function quiet(sent) {
  for (let before = -1; before !== sent.length; ) {
    before = sent.length;
    await new Promise((later) => setTimeout(later, QUIET));
  }
}

// --- the table -----------------------------------------------------------------------------------------------------

function print(indexes, columns, textBytes) {
  const bytesOf = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0);
  const spread = (values, unit = 1) => `${number(quantile(values, 0.5) / unit)} / ${number(quantile(values, 0.95) / unit)}`;
  const percent = (values) => `${((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(1)} %`;
  const rows = [
    ["", (index) => index.name],
    ["index, s", (index) => index.seconds.toFixed(2)],
    ["peak memory, MB", (index) => number(index.megabytes)],
    ["index, MB", (index) => megabytes(bytesOf(index.files))],
    ["index ÷ text", (index) => (bytesOf(index.files) / textBytes).toFixed(2)],
    ["index, files", (index) => number(index.files.length)],
    ["recall, mean", (_, column) => percent(column.recall)],
    ["precision, mean", (_, column) => percent(column.precision)],
    ["exact answers", (_, column) => `${column.exact} of ${column.recall.length}`],
    ["no answer in time", (_, column) => number(column.silent)],
    ["kB before a question", (_, column) => number(column.engine / 1e3)],
    ["kB a question, first ten, median / 95 %", (_, column) => spread(column.toFirst.map((bytes) => Math.max(0, bytes - column.engine)), 1e3)],
    ["kB in all, first ten, median / 95 %", (_, column) => spread(column.toFirst, 1e3)],
    ["the same, uncompressed host", (_, column) => spread(column.plainToFirst, 1e3)],
    ["kB in all, until silent, median / 95 %", (_, column) => spread(column.toEnd, 1e3)],
    ["ms to first ten, median / 95 %", (_, column) => spread(column.first)],
    ["ms to totals, median / 95 %", (_, column) => spread(column.totals)],
    ["from a disc", (_, column) => column.fromDisc],
  ];
  for (const [label, cell] of rows) {
    console.log([label.padEnd(42), ...indexes.map((index, at) => cell(index, columns[at]).padStart(18))].join("").trimEnd());
  }
}

function quantile(values, part) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] : NaN;
}

function sum(entries, key) {
  return entries.reduce((sum, entry) => sum + entry[key], 0);
}

function number(value) {
  return Number.isNaN(value) ? "–" : value.toFixed(value < 10 && !Number.isInteger(value) ? 1 : 0);
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
