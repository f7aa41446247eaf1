/* Reviewing: by keys, by buttons, and against somebody else. */
import assert from "node:assert/strict";
import { served, test, until, untilCard } from "../harness.mjs";

/* The claim that is up for review, once it is. */
async function claimShown(page) {
  await page.waitForFunction(() => new URL(location.href).searchParams.has("claim"));
  const claim = new URL(page.url()).searchParams.get("claim");
  await untilCard(page, claim);
  return claim;
}

/* What is done, until the next claim is shown; the milliseconds that it took. */
async function onward(page, before, act) {
  const start = Date.now();
  await act();
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("claim") !== old, before, { polling: 5 });
  return Date.now() - start;
}

async function verdictOf(ask, claim, wanted) {
  let found;
  await until(async () => (found = await ask(`claims/${claim}`)).verdict === wanted, `${claim} is never ${wanted}`);
  return found;
}

test("claims are reviewed by keys, the next at once", () => served({}, async ({ page, at, ask }) => {
  await at("/review");
  const spent = [];
  const first = await claimShown(page);
  spent.push(await onward(page, first, () => page.keyboard.press("a")));
  await verdictOf(ask, first, "confirmed");

  const second = await claimShown(page);
  await page.keyboard.press("r");
  await page.getByRole("dialog", { name: /Reject/ }).waitFor();
  spent.push(await onward(page, second, () => page.keyboard.press("2")));
  const rejected = await verdictOf(ask, second, "rejected");
  assert.equal(rejected.readers.at(-1).name, "Ana Ruiz");
  assert.ok(rejected.readers.at(-1).why);

  const skipped = await claimShown(page);
  spent.push(await onward(page, skipped, () => page.keyboard.press("s")));
  assert.equal((await ask(`claims/${skipped}`)).verdict, "open");

  await claimShown(page);
  await page.keyboard.press("u");
  await untilCard(page, second);
  await verdictOf(ask, second, "open");
  console.log(`# the next claim was there after ${spent.join(", ")} ms`);
}));

test("buttons do what the keys do, and the history tells it", () => served({}, async ({ page, at, ask }) => {
  await at("/review");
  const claim = await claimShown(page);
  await onward(page, claim, () => page.getByRole("button", { name: "Accept", exact: true }).click());
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
  await claimShown(page);
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
    await other.route("**/api/v1/pulse", () => undefined); /* it does not hear of it */
    await page.keyboard.press("a");
    await verdictOf(ask, id, "confirmed");
    await other.keyboard.press("r");
    await other.getByRole("dialog", { name: /Reject/ }).waitFor();
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
  await untilCard(page, id);
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "Nothing is left here" }).waitFor();
  await until(async () => (await ask(`claims/${id}`)).readers.length === 2, "the second reader's word never arrives");
  await at("/agreement");
  await page.getByRole("rowheader", { name: "Ana Ruiz and Boris Tal" }).or(page.getByRole("rowheader", { name: "Boris Tal and Ana Ruiz" })).waitFor();
}));

test("who leaves while a decision is under way is asked to stay", () => served({}, async ({ page, at, ask }) => {
  let asked = 0;
  page.on("dialog", (dialog) => { asked += dialog.type() === "beforeunload"; });
  await page.route("**/claims/*/decision", async (route) => {
    const response = await route.fetch();
    await new Promise((later) => setTimeout(later, 800));
    await route.fulfill({ response });
  });
  await at("/review");
  const id = await claimShown(page);
  await page.keyboard.press("a");
  await at("/documents"); /* once it lets go */
  assert.ok(asked > 0);
  await verdictOf(ask, id, "confirmed");
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
  await claimShown(page);
  assert.equal(await page.getByRole("button", { name: /^Accept/ }).count(), 0);
}));
