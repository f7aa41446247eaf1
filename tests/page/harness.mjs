/*
 * harness.mjs - a served case and a browser for each test, and what must hold
 * in all of them: no error on the console, no dialog, nothing asked of another
 * host.
 *
 * usage of run.mjs: ATTEST EXAMPLES WORK [WORDS]; WORK has the packages.  PICTURES=DIR
 * keeps what `picture` takes.  A test that fails leaves WORK/failed-N.png.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

const [attest, examples, work] = process.argv.slice(2, 5).map((path) => resolve(path));
const packages = createRequire(join(work, "package.json"));
const { chromium } = packages("playwright-core");
const { source: axe } = packages("axe-core");
const scratch = mkdtempSync(join(tmpdir(), "attest-page-"));
const tests = [];
const held = new Set(); /* pages that asked whether to leave them */
const PATIENCE = 30000; /* milliseconds: only what fails takes so long */
let browser, made;

export function test(name, run) {
  tests.push({ name, run });
}

/* --- cases ------------------------------------------------------------------ */

function run(...words) {
  const done = spawnSync(attest, words, { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
}

/* These files (name to text), in a folder of their own. */
export function makeFiles(files) {
  const folder = mkdtempSync(join(scratch, "read-"));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/* A case of these files (name to text), or of the examples; counted unless
   a test is to see the server do that. */
export function makeCase(files, { counted = true } = {}) {
  const from = files ? makeFiles(files) : examples;
  const path = join(mkdtempSync(join(scratch, "case-")), "velmara.attest");
  run("read", "--case", path, from);
  if (counted) run("index", "--case", path);
  return path;
}

function copyOfExamples() {
  const folder = mkdtempSync(join(scratch, "copy-"));
  made ??= makeCase();
  for (const end of ["", ".index"])
    if (existsSync(made + end)) copyFileSync(made + end, join(folder, "velmara.attest" + end));
  return join(folder, "velmara.attest");
}

/* --- the server --------------------------------------------------------------- */

async function startServer(path, options) {
  const server = spawn(attest, ["serve", "--no-browser", "--port", "0", "--case", path, ...options],
    { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  server.stderr.on("data", (some) => { complaints += some; });
  const lines = createInterface({ input: server.stdout });
  const link = await new Promise((found, lost) => {
    lines.once("line", found);
    server.once("exit", () => lost(new Error(`attest serve ended: ${complaints}`)));
  });
  return {
    link,
    origin: new URL(link).origin,
    complaints: () => complaints,
    async end() {
      if (server.exitCode !== null) return;
      server.kill("SIGTERM");
      await new Promise((ended) => server.once("exit", ended));
    },
  };
}

/* --- the browser ------------------------------------------------------------- */

async function openBrowser() {
  browser ??= await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return browser;
}

/* Notes whatever no page of ours may do. */
function watch(page, origin, faults, expected) {
  const note = (words) => { if (!expected.some((one) => one.test(words))) faults.push(words); };

  page.on("console", (message) => { if (message.type() === "error") note(`console: ${message.text()}`); });
  page.on("pageerror", (error) => note(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") held.add(page);
    else note(`dialog: ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:"].includes(url.protocol)) note(`asked: ${url}`);
  });
}

/*
 * Serves the case (a copy of the examples' unless told) and runs `steps` with
 * a page let in by the link and by a reviewer's name:
 *
 *   page      Playwright's page, at the overview
 *   at(path)  goes there and waits until the view has what it asked for
 *   ask(path), tell(path, body)   the API, as this browser may ask it
 *   another() a second page of the same session
 *
 * Options: case, reviewer (null: nobody), serve (more options of the program),
 * prepared (false: the case may still be counted), browser (of Playwright's
 * context), expected (faults that are none here).
 */
export async function served(options, steps) {
  const faults = [];
  const server = await startServer(options.case ?? copyOfExamples(), options.serve ?? []);
  const context = await (await openBrowser()).newContext({
    viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options.browser });
  context.setDefaultTimeout(PATIENCE);
  const another = async () => {
    const page = await context.newPage();
    watch(page, server.origin, faults, options.expected ?? []);
    return page;
  };
  const page = await another();
  const call = async (path, body) => {
    const url = `${server.origin}/api/v1/${path}`;
    const answer = body === undefined ? await context.request.get(url)
      : await context.request.post(url, { data: body, headers: { Origin: server.origin } });
    assert.ok(answer.ok(), `${answer.status()} to ${path}: ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  };
  const tools = { page, another, ask: (path) => call(path), tell: call, at: (path, on = page) => goTo(on, server.origin + path) };
  try {
    await page.goto(server.link);
    if (options.prepared ?? true) await until(async () => (await tools.ask("pulse")).prepared, "the case is never prepared");
    if (options.reviewer !== null) await tools.tell("session", { reviewer: options.reviewer ?? "Ana Ruiz" });
    await goTo(page, `${server.origin}/`);
    await steps(tools);
    assert.deepEqual(faults, []);
    assert.equal(server.complaints(), "");
  } catch (error) {
    await page.screenshot({ path: join(work, `failed-${tests.findIndex((one) => one.running) + 1}.png`) }).catch(() => undefined);
    throw faults.length ? new Error(`${error.message}\n${faults.join("\n")}`) : error;
  } finally {
    await context.close();
    await server.end();
  }
}

/* Asks again and again; `never` is what to say where it does not come true. */
export async function until(comesTrue, never) {
  for (const end = Date.now() + PATIENCE; !(await comesTrue());) {
    assert.ok(Date.now() < end, never);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/* The page watches keys once it is painted: nobody presses them earlier. */
export async function untilPainted(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/* The card of this claim is before the reader, who may press a key now. */
export async function untilCard(page, id) {
  await page.getByRole("article", { name: `Claim ${id}`, exact: true }).waitFor();
  await untilPainted(page);
}

/* A page that is still sending a decision asks whether to leave it: whoever is
   asked stays, and tries again. */
async function leaveFor(page, url) {
  await until(() => page.goto(url).then(() => true, (error) => {
    if (!held.delete(page)) throw error;
    return false;
  }), `nothing lets go for ${url}`);
}

/* Until the heading is there and nothing is still being loaded. */
async function goTo(page, url) {
  await leaveFor(page, url);
  await page.getByRole("main").getByRole("heading").first().waitFor().catch(() => assert.fail(`${url} shows nothing`));
  await page.waitForLoadState("networkidle");
  await page.locator("main").locator(".loading, .preparing, .stale").first().waitFor({ state: "detached" });
  await untilPainted(page);
}

/* --- what tests say ------------------------------------------------------------- */

/* Nothing serious or critical by axe-core. */
export async function assertAccessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document,
    { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${where}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(grave, []);
}

/* For the README, if PICTURES says where. */
export async function picture(page, name) {
  if (!process.env.PICTURES) return;
  mkdirSync(process.env.PICTURES, { recursive: true });
  await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
}

/* --- running ---------------------------------------------------------------------- */

export async function runTests(words) {
  const chosen = tests.filter(({ name }) => name.includes(words));
  let failed = 0;

  console.log(`1..${chosen.length}`);
  for (const [i, one] of chosen.entries()) {
    one.running = true;
    try {
      await one.run();
      console.log(`ok ${i + 1} - ${one.name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${i + 1} - ${one.name}`);
      console.log(`# ${String(error.stack ?? error).slice(0, 3000).replaceAll("\n", "\n# ")}`);
    }
    one.running = false;
  }
  return failed;
}

export async function finish() {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
}
