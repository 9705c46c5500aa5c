// Whole processes, measured from outside.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GNU_TIME = "/usr/bin/time";

/**
 * Runs a command to its end: { seconds, megabytes }. The peak memory is that of the whole tree of processes: every few
 * milliseconds the peaks of those alive are added up. What the largest of them took between the last look and its end
 * is what GNU time reports, where it is installed. NaN where neither is to be had.
 */
export async function run(command, args) {
  const folder = mkdtempSync(join(tmpdir(), "fonds-time-"));
  const report = join(folder, "peak");
  const isTimed = existsSync(GNU_TIME);
  const began = performance.now();
  const child = isTimed
    ? spawn(GNU_TIME, ["-f", "%M", "-o", report, command, ...args], { stdio: ["ignore", "ignore", "pipe"] })
    : spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "", kilobytes = 0;
  child.stderr.on("data", (data) => (said += data));
  const looking = setInterval(() => {
    const processes = isTimed ? childrenOf(child.pid) : [child.pid];
    kilobytes = Math.max(kilobytes, processes.reduce((sum, process) => sum + treePeak(process), 0));
  }, 10);
  const code = await new Promise((ended, failed) => child.on("close", ended).on("error", failed)).finally(() => clearInterval(looking));
  const seconds = (performance.now() - began) / 1e3;
  if (isTimed && code === 0) kilobytes = Math.max(kilobytes, Number(readFileSync(report, "utf8")));
  rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(`${command} ended with ${code}\n${said.slice(-2000)}`);
  return { seconds, megabytes: kilobytes > 0 ? kilobytes / 1e3 : NaN };
}

/** Peak memory of a process and of all below it, each its own, in kilobytes. */
function treePeak(process) {
  const status = read(`/proc/${process}/status`);
  const own = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  return childrenOf(process).reduce((sum, child) => sum + treePeak(child), own);
}

function childrenOf(process) {
  return read(`/proc/${process}/task/${process}/children`).split(" ").filter(Boolean);
}

/** A file's text; nothing if the process is gone meanwhile or the system has no such files. */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
