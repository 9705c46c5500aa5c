/* fonds: how a reader wants to read. Runs before the page is drawn, so that nothing flashes or moves.
   What differs from the usual stands on the root element: data-scheme, data-size, data-justify, data-punctuation, data-keys. */
(function () {
  'use strict';

  var KEPT = 'fonds-settings';
  var ALLOWED = {
    scheme: ['light', 'sepia', 'dark'],
    size: ['-1', '1', '2', '3'],
    justify: ['off'],
    punctuation: ['off'],
    keys: ['off']
  };
  var root = document.documentElement;
  var kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEPT)) || {}; } catch (_) { /* nothing is remembered */ }

  function apply(name) {
    if (ALLOWED[name].indexOf(kept[name]) < 0) root.removeAttribute('data-' + name);
    else root.setAttribute('data-' + name, kept[name]);
  }

  root.setAttribute('data-script', '');
  Object.keys(ALLOWED).forEach(apply);

  /* The value of a setting, null where it is as usual; with a second argument it is set and remembered. */
  window.fondsSetting = function (name, value) {
    if (value !== undefined) {
      kept[name] = value;
      apply(name);
      try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch (_) { /* it holds for this page */ }
    }
    return root.getAttribute('data-' + name);
  };
})();
