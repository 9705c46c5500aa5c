/* fonds: what was asked: phrases, "…", word*, -word, 作者: 来源: 年: (author: source: year:). */
var fondsQuery = (function () {
  'use strict';
  const term = /(-?)(?:(作者|来源|來源|年|author|source|year)[:：])?(?:["“]([^"”]*)["”]?|(\S+))/giu;
  const fields = { author: 'authors', 作者: 'authors', source: 'offices', 来源: 'offices', 來源: 'offices', year: 'years', 年: 'years' };

  /* Terms: excluded or not, the field if one is named, the value, and whether a word may go on after it. */
  function parse(text) {
    const terms = [];
    for (const [, minus, name, quoted, plain] of text.matchAll(term)) {
      const value = (quoted === undefined ? plain : quoted).slice(0, 400);
      const open = quoted === undefined && value.endsWith('*');
      if (fondsFold.fold(value).text) terms.push({ not: !!minus, field: name && fields[name.toLowerCase()], value: value, open: open });
    }
    return terms.slice(0, 24);
  }

  /* The folded phrase of a term. */
  function phraseOf(term) {
    const text = fondsFold.fold(term.value).text;
    return term.open ? text.trimEnd() : text;
  }

  return { parse: parse, phraseOf: phraseOf };
})();
