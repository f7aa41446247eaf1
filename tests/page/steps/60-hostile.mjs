/* What documents say stays text, whatever it says and wherever it stands. */
import assert from "node:assert/strict";
import { makeCase, served, test } from "../harness.mjs";

const EVIL = ["<script>window.hurt=1</script>", "<img src=x onerror=\"window.hurt=2\">", "\"><svg onload=window.hurt=3>",
  "javascript:alert(4)", "</title><script>window.hurt=5</script>", "{{constructor.constructor('window.hurt=6')()}}",
  "\u202eesrever\u202c", "&lt;b&gt;bold&lt;/b&gt;", "<a href=\"https://example.invalid/\">here</a>"];

function hostileFiles() {
  const records = EVIL.map((evil, i) => JSON.stringify({
    id: `evil-${i}${evil}`, title: `Title ${evil}`, publisher: `Paper ${evil}`, date: "2019-05-06", url: `javascript:alert(${i})`,
    text: `The Ministry of ${evil} said on Monday that soldiers beat Ana ${evil} Ruiz in Port Selm.\n\n`
      + `Ana Ruiz said that the "${evil}" Front had arrested Teodor Brask on 3 May 2019. ${evil} denied it.\n` }));
  return {
    "records.jsonl": records.join("\n"),
    "<img src=x onerror=window.hurt=7>.txt": `<script>window.hurt=8</script> Police arrested Ana Ruiz in Aleppo on 3 May 2019.\n`,
    "page.html": "<html><head><title>&lt;script&gt;window.hurt=9&lt;/script&gt;</title></head><body><p>Guards beat Ivo Lenk &lt;img src=x onerror=window.hurt=10&gt; in Aleppo on 4 May 2019.</p></body></html>",
  };
}

async function isUnhurt(page, where) {
  assert.equal(await page.evaluate(() => window.hurt), undefined, `a script of a document ran at ${where}`);
  const foreign = await page.evaluate(() => [
    ...document.querySelectorAll("main img, main script, main iframe, [onerror], [onload]"),
    ...[...document.querySelectorAll("a[href]")].filter((one) => new URL(one.href.baseVal ?? one.href, location).origin !== location.origin),
  ].map((one) => one.outerHTML.slice(0, 200)));
  assert.deepEqual(foreign, [], where);
}

test("markup and script in texts, names and titles stay text", () => served({ case: makeCase(hostileFiles()) }, async ({ page, at, ask }) => {
  const list = async (path) => (await ask(path)).items;
  const documents = await list("documents?limit=50"), claims = await list("claims?limit=50");
  const views = ["/", "/documents", "/people", "/people?kind=group", "/people?kind=place", "/sources", "/events", "/timeline",
    "/map", "/search", "/proposals", "/review", "/search?tab=sentences&text=beat",
    `/search?text=${encodeURIComponent(EVIL[1])}`, `/documents?find=${encodeURIComponent(EVIL[0])}`,
    ...documents.map(({ id }) => `/documents/${id}`), ...claims.slice(0, 12).map(({ id }) => `/claims/${id}`),
    ...(await list("parties?limit=50")).slice(0, 15).map(({ id }) => `/people/${id}`),
    ...(await list("sources?limit=50")).slice(0, 15).map(({ id }) => `/sources/${encodeURIComponent(id)}`),
    ...(await list("events?limit=50")).slice(0, 8).map(({ id }) => `/events/${id}`)];
  assert.ok(documents.length === EVIL.length + 2 && claims.length > 0);
  for (const view of views) {
    await at(view);
    await isUnhurt(page, view);
  }
  const evil = documents.find(({ title }) => title?.includes(EVIL[0]));
  await at(`/documents/${evil.id}`);
  assert.ok((await page.getByRole("heading", { level: 1 }).innerText()).includes(EVIL[0]));
  assert.ok((await page.locator(".marked-text").innerText()).includes(EVIL[0]));
}));

test("what reviewers write stays text", () => served({ reviewer: EVIL[0] }, async ({ page, at, ask, tell }) => {
  const { id } = (await ask("claims?limit=1")).items[0];
  await tell(`claims/${id}/note`, { text: EVIL[1] });
  await tell(`claims/${id}/decision`, { version: (await ask(`claims/${id}`)).version, verdict: "rejected", why: EVIL[2] });
  for (const view of [`/claims/${id}`, "/agreement", "/"]) {
    await at(view);
    await isUnhurt(page, view);
  }
  await at(`/claims/${id}`);
  for (const words of [EVIL[0], EVIL[1], EVIL[2]])
    assert.ok((await page.getByRole("main").innerText()).includes(words), words);
}));
