/* Other ways to use it: keys alone, a telephone, texts from right to left, paper. */
import assert from "node:assert/strict";
import { makeCase, picture, served, test, until } from "../harness.mjs";

test("one gets everywhere by keys", () => served({}, async ({ page, at }) => {
  await at("/");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  for (const [key, path] of [["r", "/review"], ["d", "/documents"], ["p", "/people"], ["e", "/events"],
    ["s", "/sources"], ["t", "/timeline"], ["m", "/map"], ["o", "/"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForURL((url) => url.pathname === path);
    await page.locator("#view:focus h1").waitFor();
  }
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}));

test("whatever has the focus shows it, and nothing catches it", () => served({}, async ({ page, at }) => {
  for (const view of ["/", "/review", "/search", "/map"]) {
    await at(view);
    const seen = new Set();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => {
        const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
        return { is: at.outerHTML.slice(0, 120) + box.x + box.y, body: at === document.body,
          shows: style.outlineStyle !== "none" || style.boxShadow !== "none" || at.closest("svg") !== null || at.type === "date" }; /* the browser's own */
      });
      if (now.body) break;
      assert.ok(now.shows, `${view}: no focus is seen on ${now.is}`);
      seen.add(now.is);
    }
    assert.ok(seen.size > 8, `${view}: the focus does not go on: ${[...seen].join("\n")}`);
  }
}));

test("on a telephone one reads, reviews and gets about", () => served(
  { browser: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
  async ({ page, at, ask }) => {
    await at("/");
    await page.getByRole("button", { name: "Menu" }).tap();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Review" }).tap();
    await page.waitForURL(/\/review/);
    await page.waitForFunction(() => new URL(location.href).searchParams.has("claim"));
    const claim = new URL(page.url()).searchParams.get("claim");
    await picture(page, "telephone");
    await page.getByRole("button", { name: "Accept", exact: true }).tap();
    await page.waitForFunction((old) => new URL(location.href).searchParams.get("claim") !== old, claim);
    await until(async () => (await ask(`claims/${claim}`)).verdict === "confirmed", `${claim} is never confirmed`);
  }));

const ARABIC = "قالت آنا رويز إن الجنود ضربوا تيودور براسك.";

test("texts from right to left run so, names among others too", () => served(
  { case: makeCase({ "a.txt": `${ARABIC}\n\nالقاهرة\n`, "b.txt": "Soldiers beat Teodor Brask in Aleppo on 3 May 2019.\n" }) },
  async ({ page, at, ask }) => {
    const id = (await ask("documents")).items.find(({ name }) => name.endsWith("a.txt")).id;
    await at(`/documents/${id}`);
    const directions = await page.locator(".marked-text p").evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
    assert.ok(directions.length > 0 && directions.every((one) => one === "rtl"), directions.join());
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), "ltr");
  }));

test("a printed page is without what only a screen needs", () => served({}, async ({ page, at, ask }) => {
  await at(`/people/${(await ask("parties?kind=person")).items[0].id}`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("navigation", { name: "Pages" }).isVisible(), false);
  assert.ok((await page.pdf()).length > 10000);
}));

test("pictures for the README", () => served({ browser: { viewport: { width: 1200, height: 750 } } }, async ({ page, at, ask }) => {
  const document = (await ask("documents?sort=-claims&limit=1")).items[0].id;
  const claim = (await ask(`claims?document=${document}`)).items.find(({ actor, target, source }) => actor && target && source).id;
  for (const [view, name] of [["/", "overview"], [`/documents/${document}?claim=${claim}`, "reading"], ["/review", "review"],
    [`/people/${(await ask("parties?kind=person")).items[0].id}`, "person"], ["/search", "search"]]) {
    await at(view);
    await picture(page, name);
  }
}));
