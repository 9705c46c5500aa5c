/* fonds: reads the index of the search page as src/search describes it: from classic scripts, so that it works from a
   disc. Each calls fonds("name", …); nothing else is loaded. */
var fondsIndex = (function () {
  'use strict';
  const FEW = 12, SHARDS = 96;
  /* The traditional edition reads the same index from one folder further down. */
  const ROOT = document.currentScript.getAttribute('src').replace(/[^/]*$/, '');
  /* Of text, headings and titles: these outweigh how often. */
  const POINTS = [0, 100, 1000];

  /* 1 Loading */
  const shelf = new Map(), waiting = new Map();
  window.fonds = function (name, ...data) { if (waiting.has(name)) waiting.get(name)(data); };

  function load(name, file) {
    if (!shelf.has(name)) {
      shelf.set(name, new Promise(function (resolve, reject) {
        waiting.set(name, resolve);
        if (file === null) return;
        const script = document.createElement('script');
        script.src = ROOT + 'search/' + (file || name) + '.js';
        script.onload = () => script.remove();
        script.onerror = () => { shelf.delete(name); reject(new Error(script.src)); };
        document.head.append(script);
      }));
    }
    return shelf.get(name);
  }

  /* Does something once, and again only if it failed. */
  function once(work) {
    let promise = null;
    return () => promise || (promise = work().catch((error) => { promise = null; throw error; }));
  }

  /* Fifteen bits a unit, from U+3400 on, as bytes; four more, so that reading may look ahead. */
  function bytesOf(data) {
    const bytes = new Uint8Array(Math.ceil(data.length * 15 / 8) + 4);
    let held = 0, bits = 0, at = 0;
    for (let unit = 0; unit < data.length; unit++) {
      held = held << 15 | data.charCodeAt(unit) - 0x3400;
      for (bits += 15; bits >= 8; at++) bytes[at] = held >> (bits -= 8);
    }
    bytes[at] = held << 8 - bits;
    return bytes;
  }

  function reader(data) {
    const bytes = bytesOf(data);
    let at = 0;
    /* What comes from a bit on, 25 bits at least, the first one highest of 32. */
    function from(bit) {
      const byte = bit >> 3;
      return (bytes[byte] << 24 | bytes[byte + 1] << 16 | bytes[byte + 2] << 8 | bytes[byte + 3]) << (bit & 7);
    }
    function number(count) {
      if (count > 24) return number(count - 24) * 2 ** 24 + number(24);
      const value = from(at) >>> 1 >>> 31 - count;
      at += count;
      return value;
    }
    /* How many bits are the same as the given one, from here on. */
    function run(bit) {
      for (let length = 0; ;) {
        const same = Math.min(Math.clz32(bit ? ~from(at) : from(at)), 24);
        at += same;
        length += same;
        if (same < 24) return length;
      }
    }
    return {
      left: () => data.length * 15 - at,
      number: number,
      bit: () => number(1),
      gamma: () => number(run(0) + 1),
      unit: () => String.fromCharCode(number(1) ? number(16) : 0x4e00 + number(15)),
      /* A list of blocks: how far from the one before (Rice), in sums how often, the rank where there are any. Most stand in
         one reading ahead; this loop is where a query spends its time. */
      list: function (count, low, sum, ranked, wanted) {
        const places = new Map();
        let bit = at, block = 0;
        for (; count > 0; count--) {
          let ahead = from(bit), high = Math.clz32(~ahead);
          if (high + low > 18) {
            at = bit;
            high = run(1);
            bit = ++at;
            ahead = from(bit);
          } else {
            ahead <<= high + 1;
            bit += high + 1;
          }
          block += (high << low) + (ahead >>> 1 >>> 31 - low);
          bit += low;
          let points = 1;
          if (sum || ranked) {
            ahead = high + low > 18 ? from(bit) : ahead << low;
            const times = sum ? Math.min(Math.clz32(~ahead), 3) : 0, read = sum ? Math.min(times + 1, 3) : 0;
            points = 1 << times;
            bit += read;
            if (ranked) {
              const rank = Math.min(Math.clz32(~(ahead << read)), 2);
              points += POINTS[rank];
              bit += Math.min(rank + 1, 2);
            }
          }
          if (wanted) places.set(block, sum ? points : (places.get(block) || 0) + points);
          if (sum) block++;
        }
        at = bit;
        return places;
      },
    };
  }

  async function inflate(length, data) {
    const stream = new DecompressionStream('deflate-raw'), writer = stream.writable.getWriter();
    const read = new Response(stream.readable).arrayBuffer();
    await Promise.all([writer.write(bytesOf(data).subarray(0, length)), writer.close()]);
    return new Uint8Array(await read);
  }

  /* 2 What there is: for each block its unit, for each unit its document, for each file its first block. */
  const root = once(function () {
    return Promise.all([load('root'), load('map', null)]).then(function ([[head], [documents, files, data]]) {
      const map = { segments: head.segments, alphabet: head.alphabet, odd: head.odd, units: [], blocks: [], firsts: [], files: [0], starts: [] };
      const bits = reader(data);
      for (let document = 0; document < documents; document++) {
        map.starts.push(map.units.length);
        for (let units = bits.gamma() - 1; units > 0; units--) {
          map.firsts.push(map.blocks.length);
          for (let blocks = bits.gamma(); blocks > 0; blocks--) map.blocks.push(map.units.length);
          map.units.push(document);
        }
      }
      for (let file = 0; file < files; file++) map.files.push(map.files[file] + bits.gamma());
      /* Where texts are spelled otherwise the table is soon needed; who needs it waits for it. */
      if (map.odd) learn().catch(() => {});
      return map;
    });
  });

  /* The last of ascending keys that is not after one. */
  function last(keys, key) {
    let low = 0, high = keys.length;
    while (low < high) { const middle = low + high >> 1; if (keys[middle] <= key) low = middle + 1; else high = middle; }
    return Math.max(low - 1, 0);
  }

  /* 3 Looking up: blocks with a folded phrase, as block → points. Where a record covers more than the phrase they
     are candidates. */
  async function lookUp(segment, number, phrase) {
    const directories = segment.directories;
    let directory = last(directories, phrase);
    let [keys] = await load('d' + number + '-' + directory);
    let shard = last(keys, phrase), before = null, some = null;
    for (;;) {
      const [data] = await load('i' + number + '-' + (directory * SHARDS + shard));
      const bits = reader(data);
      let key = '';
      while (bits.left() >= 15) {
        const leaf = !bits.bit(), sum = !leaf && !!bits.bit(), group = !leaf && !sum;
        if (bits.bit()) key = key.slice(0, -1) + bits.unit();
        else {
          key = key.slice(0, bits.gamma() - 1);
          for (let units = bits.gamma() - 1; units > 0; units--) key += bits.unit();
        }
        const stem = group ? key.slice(0, -1) : key;
        const places = readList(bits, segment.blocks, sum, key.startsWith(phrase) || phrase.startsWith(stem));
        if (key.startsWith(phrase) && !(group && key.length === phrase.length)) {
          if (sum && !some) return { exact: true, covered: phrase.length, places: places };
          some = some || new Map();
          if (!sum) for (const [block, points] of places) some.set(block, (some.get(block) || 0) + points);
        } else if (key > phrase && !key.startsWith(phrase)) break;
        else if (!sum) before = { exact: false, covered: stem.length, stem: stem, places: places };
      }
      if (++shard >= keys.length && directory + 1 < directories.length) {
        [keys] = await load('d' + number + '-' + ++directory);
        shard = 0;
      }
      if (shard < keys.length && keys[shard].startsWith(phrase)) continue;
      if (some) return { exact: true, covered: phrase.length, places: some };
      if (before && phrase.startsWith(before.stem)) return before;
      return { exact: true, covered: phrase.length, places: new Map() };
    }
  }

  /* The list of a record, or, where nobody asked for it, nothing but a step over it. */
  function readList(bits, limit, sum, wanted) {
    const count = bits.gamma(), ranked = !!bits.bit(), most = Math.floor(limit * 11 / 16);
    let low = 0;
    while (count * 2 ** (low + 1) <= most) low++;
    return bits.list(count, low, sum, ranked, wanted);
  }

  async function find(phrase) {
    const map = await root();
    const all = { exact: true, places: new Map() };
    let base = 0;
    for (let number = 0; number < map.segments.length; number++) {
      const segment = map.segments[number];
      const found = await lookUp(segment, number, phrase);
      let start = 0, covered = found.covered;
      while (!found.exact && found.places.size > FEW && start + covered < phrase.length) {
        let next = Math.max(start + covered, start + 2) - 1;
        while (next > start && !fondsFold.beginsToken(phrase, next)) next--;
        if (next === start) break;
        start = next;
        const rest = await lookUp(segment, number, phrase.slice(start));
        covered = rest.covered;
        for (const block of found.places.keys()) if (!rest.places.has(block)) found.places.delete(block);
      }
      all.exact = all.exact && found.exact;
      if (base === 0) all.places = found.places; else for (const [block, points] of found.places) all.places.set(base + block, points);
      base += segment.blocks;
    }
    return all;
  }

  /* 4 Excerpts: a block as its document, its page and its lines. */
  async function excerpt(block) {
    const map = await root();
    const file = last(map.files, block);
    const name = 't' + file;
    const [varied, length, data] = await load(name);
    if (varied) await learn();
    if (!shelf.has(name + ' read')) shelf.set(name + ' read', inflate(length, data).then((bytes) => readExcerpts(bytes, map.alphabet)));
    return (await shelf.get(name + ' read'))[block - map.files[file]];
  }

  function readExcerpts(bytes, alphabet) {
    const units = [], blocks = [];
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte < 192) units.push(alphabet[byte]);
      else if (byte === 255) units.push(String.fromCharCode(bytes[++at] << 8 | bytes[++at]));
      else units.push(alphabet[192 + (byte - 192 << 8) + bytes[++at]]);
    }
    let document;
    for (const line of units.join('').split('\n')) {
      const fields = line.slice(1).split('\t');
      if (line[0] === 'D') document = { folder: fields[0], title: fields[1], date: fields[2], by: fields[3] };
      else if (line[0] === 'U') blocks.push({ document: document, page: fields[0], heading: fields[1], lines: [] });
      else if (line) blocks[blocks.length - 1].lines.push({ kind: line[0], id: fields[0], text: fields[1] });
    }
    return blocks;
  }

  /* The id of a paragraph, made from its first sixteen letters (src/document/anchor.rs): FNV-1a of 64 bits. */
  function idOf(text) {
    const letters = text.normalize('NFKC').match(/[\p{Alphabetic}\p{N}]/gu) || [];
    let hash = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(letters.slice(0, 16).map((letter) => letter.toLowerCase()).join(''))) {
      hash = (hash ^ BigInt(byte)) * 0x100000001b3n & 0xffffffffffffffffn;
    }
    hash ^= hash >> 30n;
    let id = 'p-';
    for (let at = 0n; at < 30n; at += 5n) id += 'bcdfghjkmnpqrstvwxyz23456789BCDF'[hash >> at & 31n];
    return id;
  }

  const learn = once(() => load('variants').then(([pairs]) => fondsFold.learn(pairs)));

  const facets = once(() => load('facets').then(async ([length, data]) => JSON.parse(new TextDecoder().decode(await inflate(length, data)))));

  return { root: root, find: find, excerpt: excerpt, idOf: idOf, learn: learn, facets: facets };
})();
