/* fonds serve: the page follows edits. Only what an edit changed is exchanged, so a reader keeps the place, what is open and
   what is selected. The script stands at the end of the body and runs before any other has touched it. */
(function () {
  'use strict';

  const own = document.currentScript;
  let before = document.cloneNode(true);
  let version = Number(own.dataset.version);
  let asking = false, again = false;

  const news = new EventSource('/.fonds/news');
  /* Also what is said after the server was away. */
  news.addEventListener('hello', (event) => { if (Number(event.data) !== version) refresh(); });
  news.addEventListener('pages', refresh);
  news.addEventListener('theme', () => location.reload());
  news.addEventListener('style', (event) => {
    restyle(event.data);
    refresh();
  });
  addEventListener('pagehide', () => news.close());
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  async function refresh() {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
      if (answer.redirected) location.reload();
      else take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch (_) { /* the server is away; it says hello when it is back */ }
    asking = false;
    if (again) { again = false; refresh(); }
  }

  function take(next) {
    const said = next.querySelector('script[data-version]');
    if (!said || needs(before) !== needs(next)) return location.reload();
    version = Number(said.dataset.version);
    for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, next.documentElement.getAttribute(name) || '');
    document.title = next.title;
    const changed = [];
    exchange(document.body, before.body, next.body, changed);
    before = next;
    for (const element of changed) element.dispatchEvent(new CustomEvent('fonds-change', { bubbles: true }));
  }

  /* What a page cannot exchange in place. */
  function needs(page) {
    return [...page.head.querySelectorAll('script[src], link[rel="stylesheet"]')].map((element) => element.outerHTML).join();
  }

  /* Makes `live`, which was `old` when it came, into `next`. */
  function exchange(live, old, next, changed) {
    if (old.isEqualNode(next)) return;
    if (!isLike(live, next) || live.matches('[data-flat]') || live.childNodes.length !== old.childNodes.length) {
      const fresh = document.importNode(next, true);
      live.replaceWith(fresh);
      changed.push(fresh);
      return;
    }
    const names = new Set([...old.attributes, ...next.attributes].map((attribute) => attribute.name));
    for (const name of names) {
      const value = next.getAttribute(name);
      if (old.getAttribute(name) === value) continue;
      if (value === null) live.removeAttribute(name); else live.setAttribute(name, value);
      if (live !== document.body && name !== 'data-version') changed.push(live);
    }
    const olds = [...old.childNodes], nexts = [...next.childNodes], lives = [...live.childNodes];
    let start = 0, end = 0;
    while (start < olds.length && start < nexts.length && olds[start].isEqualNode(nexts[start])) start += 1;
    while (end < olds.length - start && end < nexts.length - start && olds[olds.length - 1 - end].isEqualNode(nexts[nexts.length - 1 - end])) end += 1;
    const after = lives[olds.length - end] || null;
    const pairs = olds.length === nexts.length &&
      olds.slice(start, olds.length - end).every((node, at) => isLike(node, nexts[start + at]) || node.isEqualNode(nexts[start + at]));
    if (pairs) {
      for (let at = start; at < olds.length - end; at += 1) exchange(lives[at], olds[at], nexts[at], changed);
      return;
    }
    lives.slice(start, lives.length - end).forEach((node) => node.remove());
    for (const node of nexts.slice(start, nexts.length - end)) {
      const fresh = document.importNode(node, true);
      live.insertBefore(fresh, after);
      if (fresh.nodeType === Node.ELEMENT_NODE) changed.push(fresh);
    }
    changed.push(live);
  }

  function isLike(one, other) {
    return one.nodeType === Node.ELEMENT_NODE && one.nodeName === other.nodeName && one.id === other.id;
  }

  /* The new sheet stands before the old one goes, so that nothing flashes. */
  function restyle(stamp) {
    for (const sheet of document.querySelectorAll('head link[rel="stylesheet"]')) {
      const fresh = sheet.cloneNode();
      fresh.href = sheet.href.split('?')[0] + '?' + stamp;
      fresh.addEventListener('load', () => sheet.remove());
      sheet.after(fresh);
    }
  }
})();
