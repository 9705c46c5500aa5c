/* fonds: what a script adds. Every page is whole without it. */
(function () {
  'use strict';

  /* At a former address: the place in the page that a link named goes on to the new page. */
  var moved = document.getElementById('fonds-moved');
  if (moved && moved.hasAttribute('data-keeps-place') && location.hash) {
    location.replace(moved.href.split('#')[0] + location.hash);
  }

  var contents, fold;
  var wide = window.matchMedia('(min-width: 64em)');

  function unfold() { if (fold) fold.open = wide.matches; }

  /* Beside the text the contents always stand open; above it they fold. */
  function findContents() {
    contents = document.getElementById('fonds-contents');
    fold = contents && contents.querySelector('details');
    if (!fold) return;
    unfold();
    fold.addEventListener('click', function (event) {
      if (event.target.closest('a') && !wide.matches) fold.open = false;
    });
  }

  findContents();
  wide.addEventListener('change', unfold);

  /* What a reader sets is remembered by settings.js, which ran before; here is its panel. */
  var setting = window.fondsSetting || function () { return null; };
  var settings = document.getElementById('fonds-settings');
  if (settings && window.fondsSetting) {
    var form = settings.querySelector('form');
    var panel = form.elements;
    panel.scheme.value = setting('scheme') || '';
    panel.size.value = setting('size') || '0';
    ['justify', 'punctuation', 'keys'].forEach(function (name) { panel[name].checked = setting(name) !== 'off'; });
    panel.justify.parentNode.hidden = !document.querySelector('.text:lang(zh)');
    panel.punctuation.parentNode.hidden = !document.querySelector('[data-flat]');
    form.addEventListener('input', function (event) {
      var control = event.target;
      setting(control.name, control.type === 'checkbox' ? (control.checked ? '' : 'off') : control.value);
      if (control.name === 'punctuation') punctuate();
    });
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    document.addEventListener('click', function (event) {
      if (!settings.contains(event.target)) settings.open = false;
    });
    settings.addEventListener('keydown', function (event) {
      if (event.key !== 'Escape' || !settings.open) return;
      settings.open = false;
      settings.querySelector('summary').focus();
    });
  }

  /* Punctuation that a capture flattened is shown restored; a reader may have it as it was captured. The element says
     which of its full-width marks were there already, by their number. */
  /* fonds reads this line too: it is the one list of these marks. */
  var FLAT = { '，': ',', '：': ':', '；': ';', '！': '!', '？': '?', '（': '(', '）': ')' };
  var shown = null;

  function punctuate() {
    if (setting('punctuation') !== 'off') {
      if (shown) shown.forEach(function (pair) { pair[0].data = pair[1]; });
      shown = null;
    } else if (!shown) {
      shown = [];
      document.querySelectorAll('[data-flat]').forEach(flatten);
    }
  }

  function flatten(element) {
    var own = element.dataset.flat.split(' ');
    var wide = new RegExp('[' + Object.keys(FLAT).join('') + ']', 'g');
    var count = 0;
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      var node = walker.currentNode;
      if (node.parentNode.closest('code')) continue;
      var text = node.data.replace(wide, function (mark) {
        count += 1;
        return own.indexOf(String(count)) < 0 ? FLAT[mark] : mark;
      });
      if (text !== node.data) {
        shown.push([node, node.data]);
        node.data = text;
      }
    }
  }

  punctuate();

  /* ← and → follow previous and next, t goes to the contents. */
  var box = document.getElementById('search-input') || document.querySelector('.find input');
  document.addEventListener('keydown', function (event) {
    if (setting('keys') === 'off' || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable], .table')) return;
    var back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === back) follow('prev');
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') follow('next');
    else if (event.key === '/' && box) {
      event.preventDefault();
      box.focus();
    } else if (event.key === 't' && contents) {
      if (fold) fold.open = true;
      (contents.querySelector('[aria-current]') || contents.querySelector('a')).focus();
    }
  });

  function follow(rel) {
    var link = document.querySelector('main a[rel="' + rel + '"]');
    if (link) location.href = link.href;
  }

  /* A page that a search opened marks what was searched for. */
  var sought = new URLSearchParams(location.search).get('q');
  var own = document.querySelector('script[src$="fonds.js"]');
  if (sought && own && box && !document.getElementById('search')) {
    var root = own.getAttribute('src').slice(0, -'fonds.js'.length);
    window.fonds = function (name, pairs) { fondsFold.learn(pairs); };
    [root + 'fold.js', root + 'search/variants.js', root + 'query.js', root + 'mark.js'].forEach(function (address) {
      var script = document.createElement('script');
      script.src = address;
      script.async = false;
      document.head.append(script);
    });
  }

  /* A citation says when the page was read, and that is today. */
  var now = new Date();
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
    return (part < 10 ? '0' : '') + part;
  }).join('-');
  function cite(part) {
    part.querySelectorAll('[data-cites]').forEach(function (place) {
      var words = now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
      place.textContent = place.dataset.cites.replace('{date}', today).replace('{day}', words);
    });
    part.querySelectorAll('.cite-text').forEach(offerCopy);
  }

  /* Each form of a citation can be copied; where the clipboard is closed, the words are selected instead. */
  function offerCopy(words) {
    var box = words.closest('.cite');
    if (!box || words.nextElementSibling && words.nextElementSibling.matches('button')) return;
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = box.dataset.copy;
    button.setAttribute('aria-live', 'polite');
    words.after(button);
    button.addEventListener('click', function () {
      var copied = navigator.clipboard ? navigator.clipboard.writeText(words.textContent) : Promise.reject();
      copied.then(function () {
        button.textContent = box.dataset.done;
        setTimeout(function () { button.textContent = box.dataset.copy; }, 2000);
      }, function () {
        getSelection().selectAllChildren(words);
      });
    });
  }

  cite(document);

  /* The side contents follow the reader: the section being read is marked and opened. */
  var places = [];
  var current = null;
  var waiting = false;

  function findPlaces() {
    var page = location.href.split('#')[0];
    places = [];
    current = null;
    if (!fold) return;
    fold.querySelectorAll('ol a').forEach(function (link) {
      var parts = link.href.split('#');
      var heading = parts[0] === page && parts[1] && document.getElementById(decodeURIComponent(parts[1]));
      if (heading) places.push({ heading: heading, link: link });
    });
    if (!places.length) return;
    mark();
    var here = fold.querySelector('[aria-current]');
    if (here) reveal(here);
  }

  function mark() {
    waiting = false;
    if (!places.length) return;
    var line = innerHeight * 0.3;
    var found = null;
    for (var i = 0; i < places.length && places[i].heading.getBoundingClientRect().top < line; i++) found = places[i];
    if (found === current) return;
    if (current) current.link.removeAttribute('aria-current');
    fold.querySelectorAll('li.open').forEach(function (item) {
      if (!item.querySelector(':scope > [aria-current="page"]')) item.classList.remove('open');
    });
    current = found;
    if (!current) return;
    current.link.setAttribute('aria-current', 'location');
    for (var item = current.link.closest('li'); item; item = item.parentElement.closest('li')) item.classList.add('open');
    reveal(current.link);
  }

  function reveal(link) {
    if (!wide.matches) return;
    var box = contents.getBoundingClientRect();
    var place = link.getBoundingClientRect();
    if (place.top < box.top + 40 || place.bottom > box.bottom - 40) contents.scrollTop += place.top - box.top - box.height / 3;
  }

  addEventListener('scroll', function () {
    if (!waiting && places.length) { waiting = true; requestAnimationFrame(mark); }
  }, { passive: true });
  findPlaces();

  /* A part of the page was exchanged for a newer one, as fonds serve does. */
  document.addEventListener('fonds-change', function (event) {
    var part = event.target;
    if (setting('punctuation') === 'off') {
      (part.matches('[data-flat]') ? [part] : part.querySelectorAll('[data-flat]')).forEach(flatten);
    }
    cite(part.parentNode);
    if (part.contains(contents) || !document.contains(contents)) findContents();
    findPlaces();
  });
})();
