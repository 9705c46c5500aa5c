// What a search page shows, read as a reader would see it.

/**
 * Runs in the page: watches until the first ten hits are shown and the totals are known, or the time is over. Gives
 * { documents, sections, hits, said, first, totals }; the last two in milliseconds since the page was asked for, null
 * for what did not come.
 */
function watch(limit) {
  return new Promise((done) => {
    const until = performance.now() + limit;
    let first = null, totals = null;
    const look = () => {
      const output = document.getElementById("search-count");
      const hits = [...document.querySelectorAll("a.hit")].map((hit) => hit.href);
      const { documents, sections } = output?.dataset ?? {};
      if (totals === null && documents !== undefined && sections !== undefined) totals = performance.now();
      if (first === null && (hits.length >= 10 || (totals !== null && hits.length >= Math.min(10, Number(sections))))) first = performance.now();
      if ((first !== null && totals !== null) || performance.now() > until) {
        done({ documents: Number(documents ?? NaN), sections: Number(sections ?? NaN), hits, said: output?.textContent.trim() ?? "", first, totals });
      } else {
        setTimeout(look, 4);
      }
    };
    look();
  });
}

/** How long an answer may take. */
const LIMIT = 15_000;

/** Makes every page that this context opens watch itself from its beginning. */
export function watchPages(context) {
  return context.addInitScript(`window.watchSearch = () => (${watch})(${LIMIT}); window.searchAnswer = window.watchSearch();`);
}

/** What the page came to show for the question in its address. */
export function answer(page) {
  return page.evaluate(() => window.searchAnswer);
}

/** The address of a question. */
export function address(site, question) {
  return `${site}/search.html?q=${encodeURIComponent(question)}`;
}

/** Types a question into an open search page once what was shown before is out of the way, and gives what is shown. */
export async function type(page, question) {
  await page.evaluate(async (question) => {
    const input = document.getElementById("search-input");
    const put = (value) => {
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    put("");
    for (let turn = 0; turn < 1000 && document.querySelector("a.hit"); turn += 1) await new Promise((later) => setTimeout(later, 4));
    const output = document.getElementById("search-count");
    delete output.dataset.documents;
    delete output.dataset.sections;
    put(question);
    window.searchAnswer = window.watchSearch();
  }, question);
  return answer(page);
}
