// Where Chromium is, and how it is started: the same for every test and measurement.

import { existsSync } from "node:fs";

const path = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** What playwright's launch() takes. Names of other hosts resolve to nothing. */
export function launchOptions() {
  if (!path) fail("there is no Chromium; name one in CHROMIUM");
  return {
    executablePath: path,
    // In a small root the shared memory is a few megabytes, and a page that has used it up crashes.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  };
}

/** Ends a script that cannot do its work. */
export function fail(message) {
  console.error(message);
  process.exit(2);
}
