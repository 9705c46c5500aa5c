/* fonds: the search page. No text is ever read as markup. */
(function () {
  'use strict';
  const page = document.getElementById('search');
  const input = document.getElementById('search-input');
  const count = document.getElementById('search-count');
  const list = document.getElementById('search-results');
  const facetList = document.getElementById('search-facets');
  const order = document.getElementById('search-order');
  const more = document.getElementById('search-more');
  const words = page.dataset;
  const { root, find, excerpt, idOf, learn, facets } = fondsIndex;
  const { fold, places: placesOf } = fondsFold;
  const { parse, phraseOf } = fondsQuery;
  const HITS = 10, SECTIONS = 3;
  const foldedOf = (line) => line.folded || (line.folded = fold(line.text));
  const holds = (line, phrase) => placesOf(foldedOf(line), phrase).length;

  /* 1 Finding */
  /* The index knows standard characters only. Which of the archive's own are such is known; for others a table is loaded. */
  async function findTerm(term) {
    const { alphabet, odd } = await root();
    const known = (unit) => unit < '\u2e80' || alphabet.includes(unit) && !odd.includes(unit);
    if (!phraseOf(term).split('').every(known)) await learn();
    term.phrase = phraseOf(term);
    return Object.assign(term, await find(term.phrase));
  }

  /* Whether a document passes a filter. */
  async function filter(term) {
    const data = await facets();
    if (term.field === 'years') {
      const [, first, dash, end] = term.value.normalize('NFKC').match(/^(\d*)\s*([-–—~至到]?)\s*(\d*)/u);
      const from = first ? +first : end ? -Infinity : Infinity, to = end ? +end : dash ? Infinity : from;
      return (document) => { const [one, two] = data.years[document]; return (one !== null || two !== null) && (one ?? -Infinity) <= to && (two ?? Infinity) >= from; };
    }
    await learn();
    const wanted = fold(term.value).text.trimEnd();
    const names = data[term.field].names.map((name) => fold(name).text.includes(wanted));
    return (document) => data[term.field].documents[document].some((name) => names[name]);
  }

  /* Units that hold all phrases: unit → score, and those whose excerpts must still decide. */
  async function evaluate(terms) {
    const map = await root();
    const phrases = await Promise.all(terms.filter((term) => !term.field).map(findTerm));
    let units = null;
    for (const term of phrases.filter((term) => !term.not)) {
      const own = new Map();
      for (const [block, points] of term.places) {
        const unit = map.blocks[block];
        if (units && !units.has(unit)) continue;
        own.set(unit, (own.get(unit) || (units ? units.get(unit) : 0)) + points);
      }
      units = own;
    }
    if (!units) {
      units = new Map();
      if (terms.some((term) => term.field && !term.not)) map.firsts.forEach((_, unit) => units.set(unit, 0));
    }
    for (const term of phrases.filter((term) => term.not && term.exact)) for (const block of term.places.keys()) units.delete(map.blocks[block]);
    for (const term of terms.filter((term) => term.field)) {
      const passes = await filter(term);
      for (const unit of units.keys()) if (passes(map.units[unit]) === term.not) units.delete(unit);
    }
    return { units: units, phrases: phrases, open: phrases.filter((term) => !term.exact) };
  }

  /* Whether the excerpts of a unit bear out what the index could not decide. */
  async function verify(unit, open) {
    for (const term of open) {
      let held = false;
      for (const block of blocksOf(unit, await root(), [term])) held = held || (await excerpt(block)).lines.some((line) => holds(line, term.phrase));
      if (held === term.not) return false;
    }
    return true;
  }

  /* The blocks of a unit that hold one of the phrases. */
  function blocksOf(unit, map, phrases) {
    const blocks = [];
    for (let block = map.firsts[unit]; map.blocks[block] === unit; block++) if (phrases.some((term) => term.places.has(block))) blocks.push(block);
    return blocks;
  }

  /* 2 Showing */
  let turn = 0, later = 0;
  async function search() {
    const own = ++turn, text = input.value, terms = parse(text);
    const stale = () => own !== turn;
    delete count.dataset.documents;
    delete count.dataset.sections;
    clearTimeout(later);
    later = setTimeout(remember, 200, text);
    if (!terms.length) { clear(); count.textContent = ''; return; }
    const result = await evaluate(terms);
    if (stale()) return;
    const map = await root();
    const documents = await inOrder(result.units, map);
    const shown = { documents: [], at: 0, result: result, map: map, stale: stale };
    clear();
    if (!result.open.length) shown.documents = documents;
    let waiting = result.open.length ? documents : [], first = true;
    while (waiting.length) {
      const batch = waiting.splice(0, 8);
      await Promise.all(batch.map(async function (document) {
        const kept = await Promise.all(document.units.map((unit) => verify(unit, result.open)));
        document.units = document.units.filter((_, at) => kept[at]);
      }));
      if (stale()) return;
      shown.documents.push(...batch.filter((document) => document.units.length));
      if (first && waiting.length && shown.documents.length >= HITS) {
        first = false;
        count.textContent = words.counting;
        await showMore(shown);
      }
    }
    const sections = shown.documents.reduce((sum, document) => sum + document.units.length, 0);
    count.textContent = sections ? counted('document', shown.documents.length) + words.separator + counted('section', sections) : words.none;
    if (first) await showMore(shown); else more.hidden = shown.at >= shown.documents.length;
    if (stale()) return;
    count.dataset.documents = shown.documents.length;
    count.dataset.sections = sections;
    await showFacets(shown, text);
  }

  const counted = (what, number) => words[what + (number === 1 ? 'One' : 'Other')].replace('{n}', number);

  async function inOrder(units, map) {
    const documents = new Map();
    for (const [unit, points] of units) {
      const number = map.units[unit];
      const document = documents.get(number) || { number: number, score: 0, units: [] };
      document.score = Math.max(document.score, points) + 0.1;
      document.units.push(unit);
      documents.set(number, document);
    }
    const all = Array.from(documents.values());
    for (const document of all) document.units.sort((a, b) => a - b);
    if (order.value === 'relevance') return all.sort((a, b) => b.score - a.score || a.number - b.number);
    const years = (await facets()).years;
    const dated = (document) => years[document.number].some((year) => year !== null);
    const step = order.value === 'newest' ? -1 : 1;
    return all.sort((a, b) => dated(b) - dated(a) || step * (a.number - b.number));
  }

  function clear() {
    list.textContent = facetList.textContent = '';
    more.hidden = true;
  }

  async function showMore(shown) {
    const items = [], rest = shown.documents.slice(shown.at);
    const hits = (most) => rest.reduce((sum, { units }) => sum + Math.min(units.length, most), 0);
    let sections = SECTIONS;
    while (hits(sections) < Math.min(hits(Infinity), HITS)) sections++;
    for (let sum = 0; sum < HITS && shown.at < shown.documents.length; shown.at++) {
      const document = shown.documents[shown.at];
      items.push(showDocument(document, shown, sections));
      sum += Math.min(document.units.length, sections);
    }
    for (const item of items) {
      const ready = await item;
      if (shown.stale()) return;
      list.append(ready);
    }
    more.hidden = shown.at >= shown.documents.length;
    more.onclick = async () => { const next = list.children.length; await showMore(shown); list.children[next].querySelector('a').focus(); };
  }

  async function showDocument({ units }, shown, sections) {
    const hits = await Promise.all(units.slice(0, sections).map((unit) => showHit(unit, shown)));
    const { document: record } = await excerpt(shown.map.firsts[units[0]]);
    const head = element('p', 'title', mark(record.title, shown.result.phrases));
    const by = element('p', 'by', [record.date, record.by].filter(Boolean).map((text) => element('span', '', [text])));
    const item = element('li', '', [head, by, ...hits]);
    if (units.length > sections) {
      const button = element('button', 'count', [words.sections.replace('{n}', units.length - sections)]);
      button.onclick = async () => {
        button.replaceWith(...await Promise.all(units.slice(sections).map((unit) => showHit(unit, shown))));
        item.querySelectorAll('a')[sections].focus();
      };
      item.append(button);
    }
    return item;
  }

  async function showHit(unit, shown) {
    const phrases = shown.result.phrases.filter((term) => !term.not);
    let place = { line: null, points: -1 };
    for (const block of blocksOf(unit, shown.map, phrases)) {
      const found = await excerpt(block);
      found.lines.forEach(function (line) {
        const points = phrases.filter((term) => holds(line, term.phrase)).length * 2 + (line.kind === 'P');
        if (points > place.points) place = { found: found, line: line, points: points };
      });
    }
    const found = place.found || await excerpt(shown.map.firsts[unit]), line = place.line || { kind: 'T', id: '', text: '' };
    const id = line.id || (line.kind === 'P' ? idOf(line.text) : '');
    const link = element('a', 'hit', mark(found.heading || words.introduction, phrases));
    const query = phrases.map((term) => term.open ? term.value : '"' + term.value.replace(/["“”]/gu, '') + '"').join(' ');
    const path = (found.document.folder + '/' + found.page).split('/').map(encodeURIComponent).join('/');
    link.href = path + (query ? '?' + new URLSearchParams({ q: query }) : '') + (id ? '#' + encodeURIComponent(id) : '');
    return element('div', 'found', [link, element('p', '', around(line, phrases))]);
  }

  /* The words around the first hit in a line. */
  function around(line, phrases) {
    const first = Math.min(...phrases.flatMap((term) => placesOf(foldedOf(line), term.phrase).map(([start]) => start)));
    const start = first < 48 || first === Infinity ? 0 : first - 32, end = start + 140;
    const text = line.text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
    return [start ? '…' : '', ...mark(text, phrases), end < line.text.length ? '…' : ''];
  }

  function mark(text, phrases) {
    const folded = fold(text), parts = [];
    const places = phrases.flatMap((term) => term.not ? [] : placesOf(folded, term.phrase)).sort((a, b) => a[0] - b[0]);
    let done = 0;
    for (const [start, end] of places) {
      if (start < done) continue;
      parts.push(text.slice(done, start), element('mark', '', [text.slice(start, end)]));
      done = end;
    }
    return [...parts, text.slice(done)];
  }

  function element(name, kind, children) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...children);
    return made;
  }

  /* How many documents each author, office and decade has; a link adds it to the query. */
  async function showFacets(shown, text) {
    const data = await facets();
    if (shown.stale()) return;
    for (const [kind, title, name] of [['authors', words.authors, words.author], ['offices', words.offices, words.source], ['years', words.years, words.year]]) {
      const counts = new Map();
      for (const { number } of shown.documents) {
        const years = data.years[number];
        const own = kind === 'years' ? years[0] === null ? [] : [Math.floor(years[0] / 10) * 10] : data[kind].documents[number];
        for (const value of own) counts.set(value, (counts.get(value) || 0) + 1);
      }
      if (counts.size < 2) continue;
      const sorted = Array.from(counts).sort((a, b) => kind === 'years' ? a[0] - b[0] : b[1] - a[1] || a[0] - b[0]).slice(0, kind === 'years' ? 40 : 8);
      const items = sorted.map(function ([value, number]) {
        const label = kind === 'years' ? value + '–' + (value + 9) : data[kind].names[value];
        const link = element('a', '', [label]);
        const added = name + ':' + (kind === 'years' ? value + '-' + (value + 9) : '"' + label.replace(/["“”]/gu, '') + '"');
        link.href = '?' + addressOf(text.trim() + ' ' + added);
        return element('li', '', [link, ' ', element('span', 'count', [number])]);
      });
      facetList.append(element('h2', '', [title]), element('ul', '', items));
    }
  }

  /* 3 The address, the keys */
  function addressOf(text) {
    const query = new URLSearchParams(text ? { q: text } : {});
    if (order.value !== 'relevance') query.set('order', order.value);
    return query;
  }

  function remember(text) {
    const query = addressOf(text).toString();
    try { history.replaceState(null, '', location.pathname + (query && '?' + query)); } catch (_) { /* not from a disc here */ }
    document.title = (text ? text + ' · ' : '') + words.title;
  }

  /* A browser compiles what runs for the first time; so that no reader waits for it, this happens before the first key. */
  async function prepare({ blocks }) {
    const phrase = { phrase: fold(words.title).text, places: new Map() };
    around({ text: words.title }, [phrase]);
    idOf(words.title);
    if (blocks.length) (await excerpt(0)).lines.forEach((line) => mark(line.text, [phrase]));
  }

  const failed = (error) => { count.textContent = words.failed + ' ' + error.message; };
  const start = () => search().catch(failed);
  input.addEventListener('input', (event) => { if (!event.isComposing) start(); });
  input.addEventListener('compositionend', start);
  order.addEventListener('change', start);
  input.form.addEventListener('submit', (event) => { event.preventDefault(); start(); });
  page.addEventListener('keydown', function (event) {
    const hits = Array.from(page.querySelectorAll('a.hit')), at = hits.indexOf(document.activeElement);
    if (event.key === 'Escape' && at >= 0) input.focus();
    else if (event.key === 'ArrowDown' && (at >= 0 || document.activeElement === input) && hits[at + 1]) hits[at + 1].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (hits[at - 1] || input).focus();
    else return;
    event.preventDefault();
  });
  const given = new URLSearchParams(location.search);
  if (given.get('order')) order.value = given.get('order');
  if (!order.value) order.value = 'relevance';
  input.value = given.get('q') || '';
  input.focus();
  if (input.value) start(); else root().then(prepare).catch(failed);
})();
