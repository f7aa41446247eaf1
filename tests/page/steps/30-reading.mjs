/* Reading a document, and setting right who did it by choosing words. */
import assert from "node:assert/strict";
import { makeCase, served, test, untilCard, untilPainted } from "../harness.mjs";

const claimShown = (page) => new URL(page.url()).searchParams.get("claim");

async function fullest(ask) {
  return (await ask("documents?sort=-claims&limit=1")).items[0];
}

test("marks lead to the claims' cards, forward and back by keys", () => served({}, async ({ page, at, ask }) => {
  const { id } = await fullest(ask);
  await at(`/documents/${id}`);
  await page.keyboard.press("j");
  await page.waitForFunction(() => new URL(location.href).searchParams.has("claim"));
  const first = claimShown(page);
  await untilCard(page, first);
  await page.keyboard.press("j");
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("claim") !== old, first);
  await untilCard(page, claimShown(page));
  await page.keyboard.press("k");
  await untilCard(page, first);
  assert.equal(claimShown(page), first);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !new URL(location.href).searchParams.has("claim"));
  const mark = page.locator("a[data-trigger]").nth(1);
  await mark.click();
  const marked = await mark.getAttribute("data-trigger");
  await untilCard(page, marked);
  assert.equal(claimShown(page), marked);
}));

test("the words that are marked are those of the claim", () => served({}, async ({ page, at, ask }) => {
  const { id } = await fullest(ask);
  const { text, claims } = await ask(`documents/${id}`);
  const letters = [...text];
  await at(`/documents/${id}`);
  for (const claim of claims.slice(0, 12)) {
    const words = claim.trigger.map(([from, to]) => letters.slice(from, to).join(""));
    const shown = await page.locator(`a[data-trigger="${claim.id}"]`).allInnerTexts();
    if (shown.length) assert.ok(words.join(" ").includes(shown[0]), `${claim.id}: ${words} is shown as ${shown}`);
  }
}));

test("a role is corrected by choosing words, with mouse and with keys", () => served({}, async ({ page, at, ask }) => {
  const claim = (await ask("claims?verdict=open&limit=50")).items.find((one) => one.actor && one.sentence.split(" ").length > 8);
  await at(`/claims/${claim.id}`);
  await page.getByRole("button", { name: /^Correct/ }).click();
  const words = page.getByRole("listbox");
  await words.waitFor();
  await untilPainted(page);
  await words.getByRole("option").nth(2).click();
  await words.getByRole("option").nth(3).click();
  const chosen = (await words.getByRole("option", { selected: true }).allInnerTexts()).map((one) => one.trim());
  assert.equal(chosen.length, 2);
  await words.press("2");
  await words.press("Home");
  await words.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Correct and accept" }).click();
  await page.waitForFunction((old) => !location.pathname.endsWith(`/${old}`), claim.id);
  const now = await ask(`claims/${new URL(page.url()).pathname.split("/").pop()}`);
  assert.equal(now.verdict, "confirmed");
  assert.equal(now.replaces, claim.id);
  assert.ok(now.roles.actor.text.includes(chosen[0]), `${now.roles.actor.text} is not ${chosen}`);
}));

const LETTER = "Title: A letter\nDate: 2012-02-21\n\nGuards beat Ana Ruiz on Monday in Port Selm.\n";

test("a document is described, and tells who says so", () =>
  served({ case: makeCase({ "letter.txt": LETTER }), expected: [/status of 400/] }, async ({ page, at, ask }) => {
    await at("/documents/d1");
    await page.getByRole("button", { name: /^Describe/ }).click();
    await page.getByLabel("Publisher").fill("Selm Gazette");
    await page.getByLabel("Day it was put out").fill("yesterday");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("alert").getByText("is no day").waitFor();
    await page.getByLabel("Day it was put out").fill("2012-03-01");
    await page.getByLabel("Why").fill("the stamp");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByText("Selm Gazette", { exact: true }).first().waitFor();
    await page.getByText("described by").first().waitFor();
    const now = await ask("documents/d1");
    assert.deepEqual([now.publisher, now.date, now.descriptions.length], ["Selm Gazette", "2012-03-01", 2]);
    assert.equal(now.title, "A letter", "what was left alone stays");
  }));

test("nothing is described where a case is open for reading only", () =>
  served({ case: makeCase({ "letter.txt": LETTER }), serve: ["--read-only"], reviewer: null }, async ({ page, at }) => {
    await at("/documents/d1");
    await page.getByRole("button", { name: "Print" }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Describe/ }).count(), 0);
  }));
