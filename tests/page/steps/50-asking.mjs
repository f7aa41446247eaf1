/* Filters, their addresses, the map, the timeline, search, files to take away. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { makeCase, picture, served, test } from "../harness.mjs";
import { townFiles } from "../towns.mjs";

const filterOf = (page, name) => new URL(page.url()).searchParams.getAll(name);

async function totalShown(page) {
  return Number((await page.getByRole("heading", { level: 1 }).innerText()).replace(/\D/g, ""));
}

test("facets narrow, tell how many, and stand in the address", () => served({}, async ({ page, at, ask, another }) => {
  await at("/search");
  const whole = (await ask("claims?limit=1")).total;
  assert.equal(await totalShown(page), whole);
  const choice = page.getByRole("complementary", { name: "Choose" }).locator("ul.choices a:visible").first();
  const count = Number((await choice.locator(".count").innerText()).replace(/\D/g, ""));
  await choice.click();
  await page.waitForFunction((all) => !document.querySelector("h1").innerText.startsWith(`${all} `), String(whole));
  assert.equal(await totalShown(page), count);
  assert.equal(filterOf(page, "act").length, 1);

  const other = await another();
  await at(new URL(page.url()).pathname + new URL(page.url()).search, other);
  assert.equal(await totalShown(other), count);
  await page.getByRole("link", { name: "Take all away" }).click();
  await page.waitForFunction(() => !location.search.includes("act="));
}));

test("what is shown can be taken away as a file", () => served({}, async ({ page, at, ask }) => {
  const { value: act } = (await ask("facets?facet=act")).facets.act[0];
  const { total } = await ask(`claims?act=${act}&limit=1`);
  await at(`/search?act=${act}`);
  for (const format of ["CSV", "JSON"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: format, exact: true }).click()]);
    const text = readFileSync(await download.path(), "utf8");
    assert.equal(download.suggestedFilename(), `claims.${format.toLowerCase()}`);
    if (format === "JSON") assert.equal(Object.values(JSON.parse(text)).find(Array.isArray)?.length ?? JSON.parse(text).length, total);
    else assert.ok(text.trim().split("\n").length > total, "there are fewer rows than claims");
  }
}));

test("a period brushed on the timeline narrows what follows", () => served({}, async ({ page, at }) => {
  await at("/timeline");
  const brush = page.locator(".brush").first();
  await brush.hover(); /* once it moves no more */
  const plot = await brush.boundingBox();
  await page.mouse.move(plot.x + plot.width * 0.8, plot.y + plot.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.9, plot.y + plot.height / 2, { steps: 5 });
  await page.mouse.move(plot.x + plot.width * 0.98, plot.y + plot.height / 2, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => new URL(location.href).searchParams.has("since"));
  const [since] = filterOf(page, "since");
  assert.match(since, /^\d{4}-\d\d-\d\d$/);
  await picture(page, "timeline");

  const end = page.getByRole("slider", { name: "Begin of the period" }).first();
  await end.focus();
  await end.press("ArrowRight");
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("since") !== old, since);
  await page.getByRole("link", { name: "Claims", exact: true }).first().click();
  await page.waitForURL(/\/search\?/);
  assert.equal(filterOf(page, "since").length, 1);
}));

test("a place on the map leads to what is said to have happened there", () => served(
  { case: makeCase(townFiles()), browser: { viewport: { width: 1200, height: 700 } } }, async ({ page, at, ask }) => {
    const { items } = await ask("map");
    await at("/map");
    const single = page.locator(".map-chart .spot").filter({ hasText: /^[^+]*: / });
    await page.locator(".map-chart .spot").first().waitFor();
    await picture(page, "map");
    for (let tries = 0; !(await single.count()) && tries < 12; tries++)
      await page.getByRole("button", { name: "Nearer" }).click();
    await single.first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?/);
    assert.ok(items.some(({ id }) => id === filterOf(page, "place")[0]));
  }));

test("a search finds sentences and marks the words", () => served({}, async ({ page, at, ask }) => {
  const word = (await ask("claims?limit=1")).items[0].sentence.match(/\p{L}{5,}/u)[0];
  await at("/");
  await page.keyboard.press("/");
  await page.keyboard.type(word);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?/);
  await page.getByRole("main").getByRole("link", { name: "Sentences" }).or(page.getByRole("tab", { name: "Sentences" })).first().click();
  const marked = await page.locator("main mark").first().innerText();
  assert.ok(marked.toLowerCase().includes(word.toLowerCase()), marked);
}));
