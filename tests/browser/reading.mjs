// A site as it is read: what a reader sets holds, nothing moves or spills over, pages work without script, from a disc
// and from a host, and print as documents; the Nu checker finds neither error nor warning.
//
//   node reading.mjs PUBLIC
//
// Prints what pages weigh and how soon they are painted; the weights are checked, times are only told.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { fail, launchOptions } from "./chromium.mjs";
import { serve } from "./server.mjs";

const site = resolve(process.argv[2] ?? "public");
if (!existsSync(`${site}/index.html`)) fail(`there is no site in ${site}`);
/** Bytes that a first page may load, images apart, and how many of them may be script. */
const [PAGE, SCRIPT] = [100_000, 15_000];
const WIDTHS = [320, 768, 1280];

const faults = [];
const files = readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
const kinds = new Map();
for (const file of files) {
  const kind = /<body class="is-([^"]+)"/.exec(readFileSync(join(site, file), "utf8"))?.[1];
  const edition = file.startsWith("zh-Hant/") ? " in the traditional edition" : "";
  if (kind && !kinds.has(kind + edition)) kinds.set(kind + edition, file);
}

const host = await serve(site);
const browser = await chromium.launch(launchOptions());
try {
  await checkValidity();
  await checkWidths();
  await checkSettings();
  await checkPunctuation();
  await checkPrint();
  await weigh();
} finally {
  await browser.close();
  await host.close();
}
for (const fault of faults) console.log(fault);
console.log(`${files.length} pages valid, ${kinds.size} kinds read, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function address(file, origin = pathToFileURL(site).href) {
  return `${origin}/${file.split("/").map(encodeURIComponent).join("/")}`;
}

/** Every page, in portions, by the Nu checker; from the host, since a Content-Security-Policy's `self` is no file to it. */
async function checkValidity() {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  for (let at = 0; at < files.length; at += 200) {
    const part = files.slice(at, at + 200).map((file) => address(file, host.origin));
    const options = { maxBuffer: 1 << 28 };
    const { stderr } = await promisify(execFile)("java", ["-Xss8m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar, "--exit-zero-always", "--format", "json", ...part], options);
    for (const { type, subType, url, lastLine, message } of JSON.parse(stderr || '{"messages":[]}').messages) {
      faults.push(`${decodeURIComponent(url.slice(host.origin.length + 1))}:${lastLine}: ${subType ?? type}: ${message}`);
    }
  }
}

/** Nothing is wider than the window, with script and without, from a disc and from a host. */
async function checkWidths() {
  for (const javaScriptEnabled of [true, false]) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const where = () => `${page.url()}, ${width} px, script ${javaScriptEnabled ? "on" : "off"}`;
      page.on("console", (message) => faults.push(`${where()}: console: ${message.text()}`));
      page.on("pageerror", (error) => faults.push(`${where()}: script: ${error.message}`));
      for (const file of kinds.values()) {
        for (const origin of [undefined, host.origin]) {
          await page.goto(address(file, origin));
          const { wide, words } = await page.evaluate(() => ({
            wide: document.scrollingElement.scrollWidth - innerWidth,
            words: document.querySelector("main").innerText.trim().length,
          }));
          if (wide > 0) faults.push(`${where()}: ${wide} px too wide`);
          if (words === 0) faults.push(`${where()}: nothing to read`);
        }
      }
      await context.close();
    }
  }
}

/** What is set holds on the next page, before anything is painted. */
async function checkSettings() {
  const [from, to] = [kinds.get("home"), kinds.get("section") ?? kinds.get("landing")];
  for (const origin of [undefined, host.origin]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address(from, origin));
    await page.click("#fonds-settings summary");
    await page.check('#fonds-settings [value="sepia"]');
    await page.fill('#fonds-settings [name="size"]', "2");
    await page.uncheck('#fonds-settings [name="keys"]');
    const before = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.goto(address(to, origin));
    const after = await page.evaluate(() => ({
      paper: getComputedStyle(document.documentElement).backgroundColor,
      size: getComputedStyle(document.querySelector(".text")).fontSize,
      usual: (document.documentElement.removeAttribute("data-size"), getComputedStyle(document.querySelector(".text")).fontSize),
      checked: document.querySelector('#fonds-settings [name="scheme"]:checked').value,
    }));
    const where = origin ? "from a host" : "from a disc";
    if (after.paper !== before || after.checked !== "sepia") faults.push(`settings ${where}: the paper is not kept`);
    if (!(parseFloat(after.size) > parseFloat(after.usual) * 1.2)) faults.push(`settings ${where}: the size is not kept: ${after.size}, ${after.usual}`);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    if (page.url() !== address(to, origin)) faults.push(`settings ${where}: keys that are off lead on`);
    await context.close();
  }
}

/** Restored punctuation is shown, is switched off to what was captured, and back. */
async function checkPunctuation() {
  const file = files.find((file) => file.endsWith("/full.html") && readFileSync(join(site, file), "utf8").includes("data-flat"));
  if (!file) return;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address(file));
  const text = () => page.evaluate(() => [...document.querySelectorAll(".text [data-flat], .notes [data-flat]")].map((element) => element.textContent).join("\n"));
  const shown = await text();
  await page.click("#fonds-settings summary");
  await page.uncheck('#fonds-settings [name="punctuation"]');
  const captured = await text();
  const source = readFileSync(join(site, file, "..", `${file.split("/").at(-2)}.txt`), "utf8").replace(/\s/g, "");
  for (const line of captured.split("\n").map((line) => line.replace(/\s/g, "")).filter(Boolean)) {
    if (!source.includes(line)) faults.push(`${file}: with the punctuation off this is not what was captured: ${line.slice(0, 60)}`);
  }
  if (shown === captured) faults.push(`${file}: the switch changes nothing`);
  await page.check('#fonds-settings [name="punctuation"]');
  if (await text() !== shown) faults.push(`${file}: the switch does not lead back`);
  await context.close();
}

/** On paper: the text and its source, and nothing to press. */
async function checkPrint() {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const kind of ["landing", "section", "full"].filter((kind) => kinds.has(kind))) {
    await page.goto(address(kinds.get(kind)));
    await page.emulateMedia({ media: "print" });
    const seen = await page.evaluate(() => Object.fromEntries(["nav", "button", "form", ".source", "h1"].map((selector) => [
      selector, [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0 && !element.closest(".contents, #fonds-contents")),
    ])));
    for (const [selector, is] of Object.entries(seen)) {
      const wanted = [".source", "h1"].includes(selector);
      if (is !== wanted) faults.push(`${kind} on paper: ${selector} is ${is ? "" : "not "}there`);
    }
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    if (pages === 0) faults.push(`${kind} on paper: no page`);
  }
  await context.close();
}

/** What a first visit loads, and whether anything moves. */
async function weigh() {
  for (const kind of ["home", "landing", "section", "search"].filter((kind) => kinds.has(kind))) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const first = host.sent.length;
    await page.goto(address(kinds.get(kind), host.origin), { waitUntil: "networkidle" });
    const loaded = host.sent.slice(first);
    const sum = (list) => list.reduce((sum, { plain }) => sum + plain, 0);
    const bytes = sum(loaded.filter(({ path }) => !/\.(png|jpe?g|gif|webp)$/.test(path)));
    const script = sum(loaded.filter(({ path }) => path.endsWith(".js")));
    if (bytes > PAGE) faults.push(`${kind}: a first visit loads ${bytes} bytes`);
    if (kind !== "search" && script > SCRIPT) faults.push(`${kind}: ${script} bytes of script`);
    const painted = [];
    let moved = 0;
    for (let turn = 0; turn < 5; turn++) {
      await page.goto("about:blank");
      await page.goto(address(kinds.get(kind)));
      await page.waitForTimeout(150);
      const seen = await page.evaluate(() => new Promise((done) => {
        new PerformanceObserver((list) => done({
          paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
          moved: list.getEntries().reduce((sum, entry) => sum + entry.value, 0),
        })).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done({ paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, moved: 0 }), 200);
      }));
      painted.push(seen.paint);
      moved = Math.max(moved, seen.moved);
    }
    if (moved > 0) faults.push(`${kind}: the page moves by ${moved.toFixed(4)} as it loads`);
    const paint = painted.sort((a, b) => a - b)[2];
    console.log(`${kind}: ${(bytes / 1000).toFixed(1)} kB, ${(script / 1000).toFixed(1)} kB of it script; first paint from disc ${paint.toFixed(0)} ms; moves by ${moved}`);
    await context.close();
  }
}
