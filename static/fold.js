/* fonds: what searching takes to be the same (width, case, traditional and simplified, variant characters). Texts are
   folded here exactly as the index was folded when it was made: src/search/fold.rs says the same in Rust. */
var fondsFold = (function () {
  'use strict';
  const invisible = /[\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
  const cluster = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]*/uy;
  const letter = /[\p{Alphabetic}\p{M}\p{N}]/u;
  /* The zero of dates as it is often typed; all others come with the table. Other such signs are no letters and would go. */
  let variants = new Map([['○', '〇'], ['◯', '〇']]);

  /* Han, kana, hangul and others that are set without spaces: each unit is a token. */
  function isSolid(unit) {
    return unit >= 0x2e80 && unit <= 0xa4cf || unit >= 0xac00 && unit <= 0xdfff || unit >= 0xe00 && unit <= 0x109f ||
      unit >= 0x1100 && unit <= 0x11ff || unit >= 0x1780 && unit <= 0x17ff || unit >= 0xa960 && unit <= 0xa97f ||
      unit >= 0xf900 && unit <= 0xfaff;
  }

  function beginsToken(folded, at) {
    const unit = folded.charCodeAt(at);
    if (unit === 0x20 || unit >= 0xdc00 && unit <= 0xdfff) return false;
    return at === 0 || isSolid(unit) || folded[at - 1] === ' ' || isSolid(folded.charCodeAt(at - 1));
  }

  /* Most of any text: Han, ASCII, and some punctuation set with Han, which neither compose nor fold to more than one. */
  const isCommon = (unit) => unit >= 0x4e00 && unit <= 0x9fff || unit < 0x7f || unit >= 0x3000 && unit <= 0x3003 ||
    unit >= 0x3008 && unit <= 0x3011 || unit >= 0xff01 && unit <= 0xff0f || unit >= 0xff1a && unit <= 0xff20;

  /* The folded text, and for each of its units where in the text it begins and ends. */
  function fold(text) {
    const from = [], to = [];
    let folded = '', word = false;
    const gap = function (at) { if (word) { folded += ' '; from.push(at); to.push(at); } word = false; };
    const put = function (lower, start, end) {
      const standard = variants.get(lower) || lower;
      if (standard < '一' ? !letter.test(standard) : standard > '鿿' && !letter.test(standard)) return gap(start);
      for (let at = 0; at < standard.length; at++) {
        if (isSolid(standard.charCodeAt(at))) gap(start); else word = true;
        folded += standard[at];
        from.push(start);
        to.push(end);
      }
    };
    for (let start = 0, end; start < text.length; start = end) {
      end = start + 1;
      if (isCommon(text.charCodeAt(start)) && (end === text.length || isCommon(text.charCodeAt(end)))) {
        put(text[start].toLowerCase(), start, end);
        continue;
      }
      cluster.lastIndex = start;
      const found = cluster.exec(text)[0];
      end = start + found.length;
      for (const character of found.replace(invisible, '').normalize('NFKC')) {
        for (const lower of character.toLowerCase()) put(lower, start, end);
      }
    }
    gap(text.length);
    return { text: folded, from: from, to: to };
  }

  /* Where a folded phrase stands in a folded text: pairs of places in the text as it was. */
  function places(folded, phrase) {
    const found = [];
    const letters = phrase.trimEnd().length;
    if (!letters) return found;
    for (let at = folded.text.indexOf(phrase); at >= 0; at = folded.text.indexOf(phrase, at + 1)) {
      if (beginsToken(folded.text, at)) found.push([folded.from[at], folded.to[at + letters - 1]]);
    }
    return found;
  }

  /* Learns variants: each character is followed by the standard one. */
  function learn(pairs) {
    const characters = Array.from(pairs);
    for (let at = 0; at + 1 < characters.length; at += 2) variants.set(characters[at], characters[at + 1]);
  }

  return { fold: fold, places: places, learn: learn, beginsToken: beginsToken };
})();
