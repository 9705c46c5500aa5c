/* fonds: marks on a page what a search looked for, and goes to the first place where the address names none. */
(function () {
  'use strict';
  const query = new URLSearchParams(location.search).get('q') || '';
  const phrases = fondsQuery.parse(query).filter((term) => !term.not && !term.field).map(fondsQuery.phraseOf);
  const passages = 'h1, .subtitle, p, li, h2, h3, h4, h5, h6, td, th, figcaption, pre';
  document.querySelectorAll('h1, .subtitle, .text :is(' + passages + '), .notes :is(p, li)').forEach(markIn);
  const first = document.querySelector('mark');
  if (first && !location.hash) first.scrollIntoView({ block: 'center' });

  /* The text of a block lies in many nodes; each node gets the part of a place that lies in it. */
  function markIn(block) {
    const nodes = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest('.noteref, .anchor, .pn, .back') || node.parentElement.closest(passages) !== block
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let text = '';
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, from: text.length });
      text += walker.currentNode.data;
    }
    const folded = fondsFold.fold(text);
    const places = phrases.flatMap((phrase) => fondsFold.places(folded, phrase));
    for (const { node, from } of nodes.reverse()) {
      const own = places.map(([start, end]) => [Math.max(start - from, 0), Math.min(end - from, node.data.length)]);
      let next = Infinity;
      for (const [start, end] of own.filter(([start, end]) => start < end).sort((a, b) => b[0] - a[0])) {
        if (end > next) continue;
        next = start;
        node.splitText(end);
        const mark = document.createElement('mark');
        const part = node.splitText(start);
        part.replaceWith(mark);
        mark.append(part);
      }
    }
  }
})();
