/* Every view: it is there, accessible, in both looks, on a telephone. */
import assert from "node:assert/strict";
import { assertAccessible, makeCase, served, test } from "../harness.mjs";

const VIEWS = ["/", "/documents", "/review", "/agreement", "/people", "/people?kind=group", "/people?kind=place",
  "/proposals", "/sources", "/events", "/timeline", "/map", "/search", "/search?tab=events", "/search?tab=sentences&text=the"];

/* Those of a thing, by what the API lists first. */
async function viewsOf(ask) {
  const first = async (path) => (await ask(path)).items[0].id;
  const document = await first("documents?sort=-claims");
  const claim = (await ask(`claims?document=${document}`)).items[0].id;

  return [...VIEWS, `/documents/${document}`, `/documents/${document}?claim=${claim}`, `/claims/${claim}`,
    `/people/${await first("parties?kind=person")}`, `/people/${await first("parties?kind=place")}`,
    `/sources/${encodeURIComponent(await first("sources"))}`, `/events/${await first("events")}`];
}

async function isWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

for (const look of ["light", "dark"])
  test(`every view is accessible, ${look}`, () => served({ browser: { colorScheme: look } }, async ({ page, at, ask }) => {
    for (const view of await viewsOf(ask)) {
      await at(view);
      await assertAccessible(page, view);
    }
  }));

test("every view fits a telephone", () => served(
  { browser: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
  async ({ page, at, ask }) => {
    for (const view of await viewsOf(ask)) {
      await at(view);
      assert.equal(await isWide(page), false, `${view} is wider than the screen`);
      await assertAccessible(page, view);
    }
  }));

test("a case that is still being counted is shown once it is", () => served(
  { case: makeCase(null, { counted: false }), prepared: false, reviewer: null, expected: [/503/] }, async ({ page, ask }) => {
    await page.getByRole("link", { name: "Review the next claim" }).waitFor({ timeout: 60000 });
    assert.equal((await ask("pulse")).prepared, true);
  }));

test("an address that is none says so", () => served({}, async ({ page, at }) => {
  await at("/nowhere");
  assert.match(await page.getByRole("main").innerText(), /no such page|not here|nothing/i);
}));
