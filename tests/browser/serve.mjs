// fonds serve in a browser: every kind of edit is shown at once, in place, and what is wrong stands in the page until it is
// mended.
//
//   node serve.mjs FONDS                     the checks, on an archive that is written for them
//   node serve.mjs FONDS --measure ARCHIVE   from a saved edit to the painted page, over 40 edits of one document

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { fail, launchOptions } from "./chromium.mjs";

const [fonds, option, measured] = [resolve(process.argv[2] ?? fail("which fonds?")), process.argv[3], process.argv[4]];
const faults = [];
const browser = await chromium.launch(launchOptions());
try {
  if (option === "--measure") await measure(resolve(measured));
  else await check();
} finally {
  await browser.close();
}
for (const fault of faults) console.log(fault);
if (option !== "--measure") console.log(`serve in a browser: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

/** Starts a server; gives its address and what ends it. */
async function start(archive, port = 0) {
  const began = performance.now();
  const server = spawn(fonds, ["serve", "--archive", archive, "--port", String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  server.stderr.on("data", (data) => { said += data; });
  const origin = await new Promise((done, failed) => {
    server.stdout.on("data", (data) => {
      said += data;
      const address = /http:\/\/[\d.:]+/.exec(said);
      // The line behind the address says that it is ready.
      if (address && said.slice(address.index).split("\n").length > 2) done(address[0]);
    });
    server.on("exit", () => failed(new Error(`fonds serve ended: ${said}`)));
  });
  const ready = performance.now() - began;
  const stop = () => new Promise((done) => {
    server.removeAllListeners("exit");
    server.on("exit", done);
    server.kill("SIGINT");
  });
  return { origin, stop, ready, pid: server.pid, said: () => said };
}

// --- measuring ----------------------------------------------------------------------------------------------------

async function measure(archive) {
  const server = await start(archive);
  const file = readdirSync(join(archive, "content"), { recursive: true }).filter((path) => /\d\.md$/.test(path)).sort()[40];
  const path = join(archive, "content", file);
  const text = readFileSync(path, "utf8");
  const page = await browser.newPage();
  await page.goto(`${server.origin}/${file.replace(/\.md$/, "/")}`);
  await page.waitForTimeout(500);
  const [body, title] = [[], []];
  try {
    for (let at = 0; at < 40; at += 1) {
      const word = `第${at}次改动`;
      const [kind, edited] = at % 2
        ? [title, text.replace(/^title = "/m, `title = "${word}`)]
        : [body, text.replace(/^\+\+\+\n\n/m, `+++\n\n${word}`)];
      const shown = page.evaluate((word) => new Promise((done) => {
        const look = () => {
          if (!document.querySelector("main").textContent.includes(word)) return;
          watcher.disconnect();
          // The frame with it has been handed over when the next task runs.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.timeOrigin + performance.now());
            port2.postMessage(0);
          });
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document, { subtree: true, childList: true, characterData: true });
      }), word);
      await page.waitForTimeout(400);
      const saved = performance.timeOrigin + performance.now();
      writeFileSync(path, edited);
      kind.push((await shown) - saved);
    }
  } finally {
    writeFileSync(path, text);
  }
  const memory = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1] / 1000;
  await server.stop();
  const told = (times) => {
    times.sort((one, other) => one - other);
    return `${times[times.length >> 1].toFixed(0)} ms (${times[0].toFixed(0)}–${times.at(-1).toFixed(0)})`;
  };
  console.log(`ready ${server.ready.toFixed(0)} ms, text ${told(body)}, title ${told(title)}, peak ${memory.toFixed(0)} MB`);
}

// --- the checks ---------------------------------------------------------------------------------------------------

async function check() {
  const archive = mkdtempSync(join(tmpdir(), "fonds-serve-test-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(archive, path)), { recursive: true });
    writeFileSync(join(archive, path), text);
  };
  const paragraphs = Array.from({ length: 60 }, (_, at) => `第${at}段文字，用来把页面撑长。`).join("\n\n");
  const document = (title, text) => `+++\ntitle = "${title}"\ndate = "1950"\n+++\n\n${text}\n\n## 一、开头\n\n${paragraphs}\n\n## 二、结尾\n\n末段。\n`;
  write("site.toml", 'title = "试验档案"\nlanguage = "zh-Hans"\n');
  write("content/letters/one.md", document("第一封信", "引言。"));
  write("content/letters/two.md", document("第二封信", "引言。"));
  let server = await start(archive);
  const port = Number(new URL(server.origin).port);
  const context = await browser.newContext();
  const page = await context.newPage();
  const consoled = [];
  page.on("console", (message) => consoled.push(message.text()));
  page.on("pageerror", (error) => consoled.push(String(error)));

  const expect = async (what, condition, argument) => {
    try {
      await page.waitForFunction(condition, argument, { timeout: 5000 });
    } catch {
      faults.push(`${what}: not shown\n${await page.evaluate(() => document.body.innerText.slice(0, 400))}`);
    }
  };
  const text = (words) => expect(words, (words) => document.body.textContent.includes(words), words);
  const gone = (words) => expect(`without ${words}`, (words) => !document.body.textContent.includes(words), words);
  /** The page was exchanged, and not loaded again: what was noted in it is still there. */
  const note = () => page.evaluate(() => { window.noted = true; });
  const kept = async (what) => { if (!(await page.evaluate(() => window.noted))) faults.push(`${what}: the page was loaded again`); };

  // The text, in place, where the reader is.
  await page.goto(`${server.origin}/letters/one/s1.html`);
  await page.evaluate(() => scrollTo(0, 1200));
  await note();
  const before = await page.evaluate(() => scrollY);
  const other = document("第一封信", "引言。").replace("第30段文字", "改过的一段");
  write("content/letters/one.md", other);
  await text("改过的一段");
  await kept("a paragraph");
  const after = await page.evaluate(() => scrollY);
  if (Math.abs(after - before) > 2) faults.push(`the place is lost: ${before} → ${after}`);
  // A paragraph more, a paragraph less.
  write("content/letters/one.md", other.replace("改过的一段", "新添的一段。\n\n改过的一段"));
  await text("新添的一段。");
  write("content/letters/one.md", other);
  await gone("新添的一段。");
  await kept("paragraphs that come and go");
  // A heading stands in the text and in the contents.
  write("content/letters/one.md", other.replace("二、结尾", "二、改过的结尾"));
  await expect("a heading in the contents", () => document.querySelector("#fonds-contents").textContent.includes("改过的结尾"));
  await kept("a heading");

  // Saved as many editors do: another file is written and moved over the old one.
  write("content/letters/one.md.tmp", other.replace("第5段文字", "移来的一段"));
  renameSync(join(archive, "content/letters/one.md.tmp"), join(archive, "content/letters/one.md"));
  await text("移来的一段");

  // The record: on the document's page and on those that list it.
  await page.goto(`${server.origin}/letters/one/`);
  await note();
  write("content/letters/one.md", document("改名的信", "引言。").replace('"1950"', '"1966-05"'));
  await expect("a title", () => document.querySelector("h1").textContent.includes("改名的信"));
  await text("1966年5月");
  await kept("a record");
  await page.goto(`${server.origin}/letters/`);
  await text("改名的信");
  await page.goto(`${server.origin}/browse/dates/`);
  await text("1966");
  const buttons = async () => page.locator(".cite button").count();
  await page.goto(`${server.origin}/letters/one/`);
  const copies = await buttons();
  write("content/letters/one.md", document("又改名的信", "引言。"));
  await expect("a citation", () => document.querySelector(".cite-text").textContent.includes("又改名的信"));
  if (copies === 0 || (await buttons()) !== copies) faults.push(`buttons to copy a citation: ${copies} → ${await buttons()}`);

  // What is wrong is shown with its place, and goes when it is mended.
  write("content/letters/one.md", document("又改名的信", "引言。").replace('"1950"', '"1950-13"'));
  await expect("an error", () => document.querySelector("#fonds-faults mark")?.textContent === '"1950-13"');
  await text("content/letters/one.md:3:8");
  await screenshot(page, "fault");
  write("content/letters/one.md", document("又改名的信", "引言，[链接](没有.md)。"));
  await expect("a broken link", () => document.querySelector("#fonds-faults")?.textContent.includes("没有.md"));
  write("content/letters/one.md", document("又改名的信", "引言。"));
  await expect("an error that was mended", () => !document.querySelector("#fonds-faults"));

  // A template of the archive's own, right and wrong.
  const section = '{% extends "base.html" %}{% block main %}<p class="own">自家模板 {{ doc.title }}</p>{% endblock main %}';
  write("templates/landing.html", section);
  await text("自家模板 又改名的信");
  write("templates/landing.html", section.replace("doc.title", "doc.tittle"));
  await expect("a fault of a template", () => document.querySelector("#fonds-faults")?.textContent.includes("templates/landing.html:1"));
  write("templates/landing.html", section.replace("{% endblock main %}", ""));
  await expect("a template that cannot be read", () => document.querySelector("#fonds-faults")?.textContent.includes("templates/landing.html"));
  await screenshot(page, "broken");
  write("templates/landing.html", section);
  await text("自家模板");
  rmSync(join(archive, "templates"), { recursive: true });
  await gone("自家模板");

  // The theme's style, without loading the page again where the file was there before.
  write("static/own.css", "body { outline-color: rgb(1, 2, 3) }");
  write("static/fonds.css", "body { outline-color: rgb(4, 5, 6) }");
  await expect("a style sheet", () => getComputedStyle(document.body).outlineColor === "rgb(4, 5, 6)");
  await note();
  write("static/fonds.css", "body { outline-color: rgb(7, 8, 9) }");
  await expect("a style sheet's edit", () => getComputedStyle(document.body).outlineColor === "rgb(7, 8, 9)");
  await kept("a style sheet");
  rmSync(join(archive, "static"), { recursive: true });
  await expect("the built-in style sheet", () => getComputedStyle(document.body).outlineColor !== "rgb(7, 8, 9)");

  // site.toml.
  write("site.toml", 'title = "改名的档案"\nlanguage = "zh-Hans"\n');
  await expect("the site's title", () => document.querySelector("header").textContent.includes("改名的档案"));
  write("site.toml", 'title = "改名的档案\n');
  await expect("a fault of site.toml", () => document.querySelector("#fonds-faults")?.textContent.includes("site.toml:1"));
  write("site.toml", 'title = "改名的档案"\nlanguage = "zh-Hans"\n');
  await expect("site.toml mended", () => !document.querySelector("#fonds-faults"));

  // Documents come and go.
  await page.goto(`${server.origin}/letters/`);
  write("content/letters/three.md", document("第三封信", "新来的。"));
  await text("第三封信");
  rmSync(join(archive, "content/letters/two.md"));
  await gone("第二封信");

  // Search finds what was just written.
  write("content/letters/three.md", document("第三封信", "独一无二的短语。"));
  await page.waitForTimeout(300);
  await page.goto(`${server.origin}/search.html?q=独一无二的短语`);
  await expect("a search", () => document.querySelector("#search-count")?.dataset.documents === "1");
  write("content/letters/three.md", document("第三封信", "另一个说法。"));
  await page.waitForTimeout(300);
  await page.goto(`${server.origin}/search.html?q=另一个说法`);
  await expect("a search after an edit", () => document.querySelector("#search-count")?.dataset.documents === "1");

  // An address that leads nowhere, and a folder without its slash.
  const answer = await page.goto(`${server.origin}/nothing/here.html`);
  if (answer.status() !== 404) faults.push(`an address that leads nowhere: ${answer.status()}`);
  await page.goto(`${server.origin}/letters/three`);
  if (!page.url().endsWith("/letters/three/")) faults.push(`a folder: ${page.url()}`);

  // The server goes and comes back; what was edited meanwhile is shown.
  if (consoled.some((message) => !/status of (404|500)/.test(message))) faults.push(`console: ${consoled.join(" | ")}`);
  await server.stop();
  write("content/letters/three.md", document("第三封信", "在停机时写下。"));
  server = await start(archive, port);
  await text("在停机时写下。");
  await server.stop();
  const left = readdirSync(archive).sort().join();
  if (left !== "content,site.toml") faults.push(`the server wrote: ${left}`);
  rmSync(archive, { recursive: true });
}

async function screenshot(page, name) {
  if (process.env.FONDS_SCREENSHOTS) await page.screenshot({ path: join(process.env.FONDS_SCREENSHOTS, `serve-${name}.png`) });
}
