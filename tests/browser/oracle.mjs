// What a search has to find, known without an index: the text of every page is read, and every question is answered by
// looking through all of it. The test and the bench of the search share it.
//
// Questions are drawn from the archive's Markdown, answers are counted in the built pages; so a text that is lost on the
// way from one to the other is noticed too.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Traditional characters to simplified ones, as far as the archives that are measured and tested use them. */
const SIMPLIFIED = new Map(
  readFileSync(new URL("../../examples/corpus/traditional.txt", import.meta.url), "utf8").trim().split(/\s+/).map((pair) => [...pair]),
);
const TRADITIONAL = new Map([...SIMPLIFIED].map(([traditional, simplified]) => [simplified, traditional]));

/** A character of a script that is set without spaces, or a word of any other. */
const TOKEN = /(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]|(?:(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}])[\p{L}\p{N}\p{M}])+/gu;
const WORD = /(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}])[\p{L}\p{N}\p{M}]/u;
const LETTER = /[\p{L}\p{N}]/u;

// --- text ----------------------------------------------------------------------------------------------------------

/** A text as it is compared. */
export function fold(text) {
  return [...text.normalize("NFKC").toLowerCase()].map((character) => (character === "○" ? "〇" : SIMPLIFIED.get(character) ?? character)).join("");
}

/** The tokens of a text. */
export function tokens(text) {
  return fold(text).match(TOKEN) ?? [];
}

/** A text spelt in traditional characters, as far as they are known. */
export function traditional(text) {
  return [...text].map((character) => TRADITIONAL.get(character) ?? character).join("");
}

/** Latin letters and figures as wide as Han. */
export function fullWidth(text) {
  return text.replace(/[0-9A-Za-z]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

/** Tokens between blanks: a sequence of tokens is within a text exactly when its line is within the text's line. */
function line(text) {
  return ` ${tokens(text).join(" ")} `;
}

// --- the site ------------------------------------------------------------------------------------------------------

const VOID = new Set(["br", "hr", "img", "input", "wbr"]);
const INLINE = new Set(["a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"]);
const TAG = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g;
/** Where a page's own text begins. */
const TEXT = /class="(?:text|notes)"/;
const TITLE = /^h1|class="subtitle"/;
/** What stands in the text and is not of it: the marks that call a note, its number, the heading that the theme gives. */
const FURNITURE = /class="(?:noteref|note-number)"|id="fonds-notes"/;

/** Fields of the record that are searched with the text, by the labels that the landing page gives them. */
const RECORD = (() => {
  const labels = ["en", "zh-Hans", "zh-Hant"].flatMap((language) => {
    const strings = readFileSync(new URL(`../../templates/strings/${language}.toml`, import.meta.url), "utf8");
    return [...strings.matchAll(/^(?:doc_number|index_number|issuer|date_printed) = "(.*)"/gm)].map(([, label]) => label);
  });
  return new RegExp(`<dt>(?:${labels.join("|")})</dt><dd>([^<]*)</dd>`, "g");
})();

/** The searchable pages of a built site: { path, document, text, bytes }, the text folded, a line for each block. */
export function readSite(site) {
  const pages = [];
  for (const file of filesBelow(site, ".html")) {
    const blocks = readPage(readFileSync(file, "utf8"));
    if (!blocks) continue;
    const path = relative(site, file).split(sep).join("/");
    pages.push({
      path,
      document: path.slice(0, path.lastIndexOf("/")),
      text: blocks.map(line).join("\n"),
      bytes: Buffer.byteLength(blocks.join("\n")),
    });
  }
  return pages;
}

/** The blocks of a landing page or section page; nothing for other pages. */
function readPage(html) {
  const kind = /<body class="is-(landing|section)"/.exec(html)?.[1];
  if (!kind) return null;
  const blocks = [];
  /** For every open element whether what stands in it is the page's own text. */
  const open = [];
  let block = "";
  const end = () => {
    if (block.trim()) blocks.push(decode(block));
    block = "";
  };
  for (const [, closing, name, attributes, words] of html.slice(html.indexOf("<main")).matchAll(TAG)) {
    const own = open.at(-1) ?? false;
    if (words !== undefined) {
      if (own) block += words;
      continue;
    }
    if (!INLINE.has(name)) end();
    if (closing) open.pop();
    else if (name === "br" && own) block += "\n";
    else if (!VOID.has(name)) {
      const begins = TEXT.test(attributes) || (kind === "landing" && TITLE.test(`${name} ${attributes}`));
      open.push(!FURNITURE.test(attributes) && (own || begins));
    }
  }
  end();
  if (kind === "landing") for (const [, words] of html.matchAll(RECORD)) blocks.push(decode(words));
  return blocks;
}

function decode(html) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) =>
    name ? named[name] ?? whole : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

// --- questions -----------------------------------------------------------------------------------------------------

/** Which pages answer a question: { documents, sections, paths }. Terms stand apart by white space, "…" keeps it, - excludes. */
export function answers(pages, question) {
  const terms = [...question.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)]
    .map(([, minus, quoted, plain]) => ({ excluded: minus !== "", line: line(quoted ?? plain) }))
    .filter((term) => term.line.trim());
  const found = terms.some((term) => !term.excluded)
    ? pages.filter((page) => terms.every((term) => page.text.includes(term.line) !== term.excluded))
    : [];
  return {
    documents: new Set(found.map((page) => page.document)).size,
    sections: found.length,
    paths: new Set(found.map((page) => page.path)),
  };
}

/** Numbers between 0 and 1, the same ones for the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The texts of an archive's documents, in pieces without markup: { titles, bodies }, each a list of strings. */
export function readSources(content) {
  const titles = [], bodies = [];
  for (const file of filesBelow(content, ".md")) {
    const [, record, body] = /^\+\+\+\n([\s\S]*?)\n\+\+\+\n([\s\S]*)$/.exec(readFileSync(file, "utf8")) ?? [];
    if (file.endsWith("_index.md") || record === undefined || /^draft *= *true/m.test(record)) continue;
    for (const [, title] of record.matchAll(/^(?:title|subtitle) *= *"([^"\\]*)"/gm)) titles.push(title);
    if (/^access *= *"(?:record|closed)"|^embargo_until/m.test(record)) continue;
    const headings = [], paragraphs = [];
    // Neither fenced code nor the addresses of links.
    for (const text of body.replace(/^(```|~~~)[\s\S]*?^\1|^\[[^\]^][^\]]*\]: .*$/gm, "").split("\n")) {
      const words = text
        .replace(/^\s*(?:\d+[.)]|[-*+])\s+/, "")
        .replace(/\[\^[^\]]*\]:?|!\[[^\]]*\]\([^)]*\)|\](?:\([^)]*\)|\[[^\]]*\])|\{#[^}]*\}/g, "|");
      (text.startsWith("#") ? headings : paragraphs).push(...words.split(/[*_`|#<>[\]~^\\!{}&]+/).filter((piece) => LETTER.test(piece)));
    }
    titles.push(...headings);
    bodies.push(...paragraphs);
  }
  return { titles, bodies };
}

/**
 * Draws a question of 1 to 12 characters: one in five from titles and headings, the others from the text. A cut within a word or number moves to its edge, and both ends are letters.
 * What a search could take for its own signs (quotation marks, colons, a hyphen after a space) is not drawn.
 */
export function draw(sources, random) {
  for (;;) {
    const pieces = random() < 0.2 ? sources.titles : sources.bodies;
    const piece = [...pieces[Math.floor(random() * pieces.length)]];
    let from = Math.floor(random() * piece.length);
    let to = Math.min(piece.length, from + 1 + Math.floor(random() * 12));
    const cuts = (at) => at > 0 && at < piece.length && WORD.test(piece[at - 1]) && WORD.test(piece[at]);
    while (cuts(from)) from -= 1;
    while (cuts(to)) to += 1;
    while (from < to && !LETTER.test(piece[from])) from += 1;
    while (from < to && !LETTER.test(piece[to - 1])) to -= 1;
    const question = piece.slice(from, to).join("");
    if (question && !/["“”„‟«»「」『』〝〞＂:：]|\s[-－]/u.test(question)) return question;
  }
}
