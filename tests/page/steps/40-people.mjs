/* Who is who: two become one, and two again. */
import assert from "node:assert/strict";
import { picture, served, test, until } from "../harness.mjs";

async function twoPeople(ask) {
  return (await ask("parties?kind=person&sort=name")).items.slice(0, 2);
}

test("two people are merged beside the evidence, and parted again", () => served({}, async ({ page, at, ask }) => {
  const [one, other] = await twoPeople(ask);
  const { total } = await ask("parties?kind=person");
  await at(`/people/${one.id}`);
  await page.getByRole("button", { name: /^Is the same as/ }).click();
  await page.getByLabel("Find a name").fill(other.name);
  await page.getByRole("dialog").getByRole("button", { name: other.name, exact: true }).first().click();
  await page.getByRole("dialog", { name: "Are these one and the same?" }).waitFor();
  await picture(page, "merging");
  await page.getByLabel(/^Why/).fill("one address, one trade");
  await page.getByRole("button", { name: "They are one and the same" }).click();
  await page.getByRole("heading", { name: "What was decided" }).waitFor();
  assert.equal((await ask("parties?kind=person")).total, total - 1);
  const merged = await ask(`parties/${other.id}`);
  assert.equal(merged.id, (await ask(`parties/${one.id}`)).id);
  assert.ok(merged.rulings.some((ruling) => ruling.words.includes("one address, one trade")), JSON.stringify(merged.rulings));

  await page.getByRole("button", { name: /take.*back/i }).first().click();
  await until(async () => (await ask("parties?kind=person")).total === total, "they stay one");
}));

test("an event is told by its voices, and leads to their claims", () => served({}, async ({ page, at, ask }) => {
  const event = (await ask("events?sort=claims")).items[0];
  const full = await ask(`events/${event.id}`);
  await at(`/events/${event.id}`);
  const words = await page.getByRole("main").innerText();
  for (const voice of full.voices.filter(({ name }) => name))
    assert.ok(words.includes(voice.name), `${voice.name} is not on the page`);
  await picture(page, "event");
}));
