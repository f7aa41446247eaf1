/* Reviewing: by keys, by buttons, and against somebody else. */
import assert from "node:assert/strict";
import { served, test } from "../harness.mjs";

const claimShown = (page) => new URL(page.url()).searchParams.get("claim");

/* What is done, until the next claim is shown; the milliseconds that it took. */
async function onward(page, act) {
  const before = claimShown(page);
  const start = Date.now();
  await act();
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("claim") !== old, before, { polling: 5 });
  return Date.now() - start;
}

async function verdictOf(ask, claim, wanted) {
  for (let tries = 0; tries < 50; tries++) {
    const found = await ask(`claims/${claim}`);
    if (found.verdict === wanted) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  assert.fail(`${claim} is never ${wanted}`);
}

test("claims are reviewed by keys, the next at once", () => served({}, async ({ page, at, ask }) => {
  await at("/review");
  const spent = [];
  const first = claimShown(page);
  spent.push(await onward(page, () => page.keyboard.press("a")));
  await verdictOf(ask, first, "confirmed");

  const second = claimShown(page);
  await page.keyboard.press("r");
  await page.getByRole("dialog", { name: /Reject/ }).waitFor();
  spent.push(await onward(page, () => page.keyboard.press("2")));
  const rejected = await verdictOf(ask, second, "rejected");
  assert.equal(rejected.readers.at(-1).name, "Ana Ruiz");
  assert.ok(rejected.readers.at(-1).why);

  const skipped = claimShown(page);
  spent.push(await onward(page, () => page.keyboard.press("s")));
  assert.equal((await ask(`claims/${skipped}`)).verdict, "open");

  await page.keyboard.press("u");
  await page.waitForFunction((id) => new URL(location.href).searchParams.get("claim") === id, second);
  await verdictOf(ask, second, "open");
  console.log(`# the next claim was there after ${spent.join(", ")} ms`);
}));

test("buttons do what the keys do, and the history tells it", () => served({}, async ({ page, at, ask }) => {
  await at("/review");
  const claim = claimShown(page);
  await onward(page, () => page.getByRole("button", { name: "Accept", exact: true }).click());
  await verdictOf(ask, claim, "confirmed");
  await at(`/claims/${claim}`);
  await page.getByRole("button", { name: /^Note/ }).click();
  await page.getByLabel("Note", { exact: true }).fill("Ask the clinic <b>again</b>.");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await page.getByRole("main").getByText("Ask the clinic <b>again</b>.").first().waitFor();
  await page.getByRole("button", { name: "Open again" }).click();
  await verdictOf(ask, claim, "open");
  assert.ok((await ask(`claims/${claim}/history`)).items.length >= 3);
}));

test("whoever has no name is asked for it first", () => served({ reviewer: null }, async ({ page, at, ask }) => {
  await at("/review");
  await page.keyboard.press("a");
  await page.getByLabel("Your name").fill("Boris Tal");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("header")?.innerText.includes("Boris Tal"));
  assert.equal((await ask("session")).reviewer, "Boris Tal");
}));

test("of two tabs the later is told what the earlier decided", () => served(
  { expected: [/409/] }, async ({ page, at, ask, another }) => {
    const { id } = (await ask("claims?verdict=open&limit=1")).items[0];
    const other = await another();
    await at(`/claims/${id}`);
    await at(`/claims/${id}`, other);
    await page.keyboard.press("a");
    await verdictOf(ask, id, "confirmed");
    await other.keyboard.press("r");
    await other.keyboard.press("1");
    const told = other.getByRole("dialog", { name: "Somebody else decided meanwhile" });
    await told.waitFor();
    assert.match(await told.innerText(), /accepted/);
    await told.getByRole("button", { name: "Leave it as it is now" }).click();
    assert.equal((await ask(`claims/${id}`)).verdict, "confirmed");
  }));

test("a second reader is led to what the first left, and both are compared", () => served({}, async ({ page, at, ask, tell }) => {
  const { id } = (await ask("claims?verdict=open&limit=1")).items[0];
  await tell(`claims/${id}/decision`, { version: (await ask(`claims/${id}`)).version, verdict: "confirmed" });
  await tell(`claims/${id}/second`, { asked: true });
  await at("/review?mark=second");
  await page.getByRole("heading", { name: "Nothing is left here" }).waitFor(); /* for her */

  await tell("session", { reviewer: "Boris Tal" });
  await at("/review?mark=second");
  await page.waitForFunction((wanted) => new URL(location.href).searchParams.get("claim") === wanted, id);
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "Nothing is left here" }).waitFor();
  await at("/agreement");
  await page.getByRole("rowheader", { name: "Ana Ruiz and Boris Tal" }).or(page.getByRole("rowheader", { name: "Boris Tal and Ana Ruiz" })).waitFor();
}));

test("what one tab decides, another shows by itself", () => served({}, async ({ at, ask, another, page }) => {
  const { id } = (await ask("claims?verdict=open&limit=1")).items[0];
  const other = await another();
  await at(`/claims/${id}`, other);
  await at(`/claims/${id}`);
  await page.keyboard.press("a");
  await verdictOf(ask, id, "confirmed");
  await other.bringToFront();
  await other.getByRole("article").getByText("accepted").first().waitFor();
}));

test("reading only, nothing can be decided", () => served({ serve: ["--read-only"], reviewer: null }, async ({ page, at }) => {
  await at("/review");
  assert.equal(await page.getByRole("button", { name: /^Accept/ }).count(), 0);
}));
