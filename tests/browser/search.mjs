// The search in a real browser, from a disc and from a host, against reading everything.
//
//   node search.mjs SITE CONTENT    asks the site about texts drawn from the archive's folder CONTENT
//
// Every total and every hit is compared with the truth. Then questions that mean harm, the way from a hit to its place,
// accessibility in light and dark, what is announced, and the page without script. Nothing is asked of another host, and
// the console stays silent.

import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { fail, launchOptions } from "./chromium.mjs";
import { answers, dice, draw, fullWidth, readSite, readSources, tokens, traditional } from "./oracle.mjs";
import { address, answer, type, watchPages } from "./result-page.mjs";
import { serve } from "./server.mjs";

const QUESTIONS = 100;
/** Hits that are followed to their place, from each kind of site. */
const FOLLOWED = 6;
const NONE = "龘靐齉爩";

const [site, content] = [process.argv[2] ?? "public", process.argv[3] ?? "content"].map((folder) => resolve(folder));
if (!existsSync(`${site}/search.html`)) fail(`${site} has no search.html`);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = readSite(site);
const sources = readSources(content);
const faults = [];
const questions = drawQuestions();
/** One that is answered, to see that a page still works, and the most frequent one. */
const [sane, frequent] = [questions[0], questions.reduce((most, next) => (truth(next).sections > truth(most).sections ? next : most))];

const host = await serve(site);
const browser = await chromium.launch(launchOptions());
let opened = 0;
try {
  for (const origin of [pathToFileURL(site).href, host.origin]) {
    const { context, page } = await readerOf(origin);
    await askAll(page, origin);
    await askHostile(page, origin);
    await followHits(page, origin);
    await context.close();
  }
  await checkAnnouncements();
  for (const colorScheme of ["light", "dark"]) await checkAccessibility(colorScheme);
  await checkWithoutScript();
} finally {
  await browser.close();
  await host.close();
}
for (const fault of faults.slice(0, 60)) console.log(fault);
console.log(`${pages.length} pages, ${questions.length} questions from a disc and from a host, ${opened} hits followed, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

// --- questions -----------------------------------------------------------------------------------------------------

/** What the archive says, spelt and joined in the ways that readers do. */
function drawQuestions() {
  const random = dice(1966);
  return Array.from({ length: QUESTIONS }, (_, at) => {
    const drawn = draw(sources, random);
    if (truth(drawn).sections === 0) faults.push(`${drawn}: stands in the archive and on no page`);
    let other = draw(sources, random);
    while (/\s/.test(other)) other = draw(sources, random);
    switch (at % 10) {
      case 3: case 8: return traditional(drawn);
      case 4: return fullWidth(drawn);
      case 5: return `"${drawn}"`;
      case 6: return `${drawn} -${other}`;
      case 7: return `${drawn} ${other}`;
      default: return drawn;
    }
  });
}

function truth(question) {
  return answers(pages, question);
}

/** Compares what is shown with what is true. */
function compare(where, question, shown) {
  const said = `${where}: ${question.slice(0, 60)}`;
  const { documents, sections, paths } = truth(question);
  if (shown.totals === null) faults.push(`${said}: no totals; ${documents} documents, ${sections} sections are right`);
  else if (shown.documents !== documents || shown.sections !== sections) {
    faults.push(`${said}: says ${shown.documents} documents, ${shown.sections} sections; ${documents}, ${sections} are right`);
  }
  const found = shown.hits.map(pathOf);
  for (const path of found.filter((path) => !paths.has(path))) faults.push(`${said}: ${path} is no hit`);
  if (new Set(found).size < Math.min(10, sections)) faults.push(`${said}: shows ${new Set(found).size} of ${sections} sections`);
}

/** A hit's page within the site. */
function pathOf(hit) {
  const address = decodeURIComponent(new URL(hit).pathname);
  const root = hit.startsWith("file:") ? `${decodeURIComponent(pathToFileURL(site).pathname)}/` : "/";
  return address.startsWith(root) ? address.slice(root.length) : address;
}

// --- asking --------------------------------------------------------------------------------------------------------

/** A page in which whatever should not happen is a fault. */
async function readerOf(origin, options = {}) {
  const context = await browser.newContext({ offline: origin.startsWith("file:"), ...options });
  await watchPages(context);
  const page = await context.newPage();
  const where = () => decodeURI(page.url().slice(0, 120).replace(/%(?![0-9a-f]{2})/gi, "%25")).replace(origin, "");
  page.on("console", (message) => faults.push(`${where()}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${where()}: script: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`${where()}: a dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) faults.push(`${where()}: asks for ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Going on to the next page ends what is still being read; every other failure is a fault.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`${where()}: did not get ${request.url()}`);
  });
  return { context, page };
}

/** From a disc by the address, from a host by typing: both ways lead to the same code, and not by the same road. */
async function askAll(page, origin) {
  const isTyped = origin.startsWith("http:");
  if (isTyped) await page.goto(`${origin}/search.html`);
  for (const question of questions) {
    if (!isTyped) await page.goto(address(origin, question));
    compare(isTyped ? "http" : "file", question, isTyped ? await type(page, question) : await answer(page));
  }
}

/** Questions that have broken searches, then addresses that no form would make; after each the page still answers. */
async function askHostile(page, origin) {
  const kind = new URL(origin).protocol;
  const typed = [
    '<img src=x onerror="alert(1)"><b id="injected">x</b>', "<script>alert(1)</script>", "</output><h2 id=injected>", "&lt;b&gt;&amp;",
    "__proto__", "constructor", "toString hasOwnProperty", "__proto__:x", "作者:__proto__", "年:constructor", "年:-", "年:99999999999-1", "来源:",
    ".*", "[", "(a+)+$", "\\", "\\d\\", "a|b", "^$", "?:*", "$&", "$1",
    "，。！？、；：“”", "\"", "\"\"", "“”", "-", "--", "-\"", "- -", `-${sane}`, "   \t\n ", "\u3000",
    "\ud800", `\udc00${sane}\ud800`, "\u0000", "\u202e\u200b\ufeff", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦", "𠮷野家", "ﷺ", "İıſß",
    "档".repeat(10_000), "x".repeat(10_000), "a ".repeat(5_000), "\"a".repeat(5_000), sources.bodies.join(" ").slice(0, 10_000),
  ];
  await page.goto(`${origin}/search.html`);
  for (const question of typed) {
    // What names a field is asked of the records, and this test knows only the texts.
    const isPlain = tokens(question).length > 0 && question.isWellFormed() && !/[:"“”\0]/.test(question);
    if (isPlain) compare(`${kind} typed`, question, await type(page, question));
    else await put(page, question);
    compare(`${kind} after ${JSON.stringify(question.slice(0, 30))}`, sane, await type(page, sane));
    if (await page.locator("#injected, main script").count()) faults.push(`${kind} ${question}: became markup`);
  }
  const strange = [
    "?", "?q", "?q=", "?q=%", "?q=100%", "?q=%E6%A", "?q=%zz", "?q=%ED%A0%80", "?q=%00", "?q=%F0%9F", "?q=a&q=b", "?Q=a", "?__proto__=a&constructor=b",
    "?q=__proto__#p-constructor", "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3Cb%20id%3Dinjected%3E", "?q=a+b%2Bc", "?q[]=a", "#q=a", `?q=${"%25".repeat(3_000)}`,
  ];
  for (const query of strange) {
    await page.goto(`${origin}/search.html${query}`);
    compare(`${kind} after ${query.slice(0, 30)}`, sane, await type(page, sane));
    if (await page.locator("#injected").count()) faults.push(`${kind} ${query}: became markup`);
  }
}

/** Types a question that nothing is known of, and gives the page a moment to stumble over it. */
function put(page, question) {
  return page.evaluate(async (units) => {
    const input = document.getElementById("search-input");
    input.value = String.fromCharCode(...units);
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((later) => setTimeout(later, 60));
    // As code units, for a lone surrogate does not survive the way here.
  }, Array.from(question, (character) => [...Array(character.length).keys()].map((at) => character.charCodeAt(at))).flat());
}

/** Opens the first hit of some questions: the passage is marked, and the address leads to an element. */
async function followHits(page, origin) {
  for (const question of questions.filter((question) => !/["\s]/.test(question)).slice(0, FOLLOWED)) {
    await page.goto(address(origin, question));
    const [hit] = (await answer(page)).hits;
    if (!hit) continue;
    opened += 1;
    await page.locator("a.hit").first().click();
    await page.waitForURL((url) => pathOf(url.href) === pathOf(hit), { timeout: 3_000 }).catch(() => {});
    const marks = page.locator("mark");
    await marks.first().waitFor({ timeout: 3_000 }).catch(() => {});
    const said = `${new URL(origin).protocol} ${question} → ${pathOf(hit)}`;
    if (pathOf(page.url()) !== pathOf(hit)) faults.push(`${said}: leads to ${page.url()}`);
    const fragment = decodeURIComponent(new URL(hit).hash.slice(1));
    if (fragment && !(await page.evaluate((id) => document.getElementById(id) !== null, fragment))) faults.push(`${said}: no such place: ${fragment}`);
    const marked = await marks.allTextContents();
    if (marked.length === 0) faults.push(`${said}: nothing is marked`);
    const asked = ` ${tokens(question).join(" ")} `;
    for (const text of marked.filter((text) => !asked.includes(` ${tokens(text).join(" ")} `))) faults.push(`${said}: marks ${text}`);
  }
}

// --- the page ------------------------------------------------------------------------------------------------------

/** Whoever does not see the hits hears how many there are, and that there are none. */
async function checkAnnouncements() {
  const { context, page } = await readerOf(host.origin);
  await page.goto(`${host.origin}/search.html`);
  const heard = [];
  for (const question of [sane, NONE]) {
    const { said, sections } = await type(page, question);
    if (sections > 0 && !said.replace(/\D+/g, " ").split(" ").includes(String(sections))) faults.push(`${question}: announces “${said}”, not ${sections} sections`);
    heard.push(said);
  }
  if (!(await page.locator("output#search-count, #search-count[role=status]").count())) faults.push("search.html: #search-count is no live region");
  if (heard.some((said) => said === "") || heard[0] === heard[1]) faults.push(`search.html: announces “${heard.join("” and “")}”`);
  await context.close();
}

/** axe-core on the page with hits, with none, and before a question. */
async function checkAccessibility(colorScheme) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    const { context, page } = await readerOf(host.origin, { colorScheme, viewport, bypassCSP: true });
    for (const question of [frequent, NONE, ""]) {
      await page.goto(address(host.origin, question));
      if (question) await answer(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const { id, help, nodes } of violations) {
        faults.push(`search for “${question}”, ${colorScheme}, ${viewport.width} px: ${id}: ${help}: ${nodes[0].target.join(" ")} (${nodes.length})`);
      }
    }
    await context.close();
  }
}

/** Without script the page says where else to look. */
async function checkWithoutScript() {
  const { context, page } = await readerOf(pathToFileURL(site).href, { javaScriptEnabled: false });
  await page.goto(`${pathToFileURL(site).href}/search.html`);
  const ways = page.locator('main a[href*="browse/"]');
  if (!(await ways.count()) || !(await ways.first().isVisible())) faults.push("search.html without script: names no browse page");
  await context.close();
}
