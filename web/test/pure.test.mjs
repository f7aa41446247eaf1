/*
 * pure.test.mjs - what can be said without a browser: places in texts and
 * words on the page. Run by `npm test`; Vite loads the TypeScript.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createServer } from "vite";

const vite = await createServer({
  configFile: false, logLevel: "silent", appType: "custom",
  server: { middlewareMode: true, hmr: false, watch: null },
});
const text = await vite.ssrLoadModule("/src/parts/text.ts");
const words = await vite.ssrLoadModule("/src/parts/words.ts");

after(() => vite.close());

const MIXED = "a😀b محمد 🕊️ الأحمد c";

test("code points and UTF-16 units lead to the same characters", () => {
  const { unit, point } = text.pointsOf(MIXED);

  [...MIXED].forEach((letter, i) => {
    assert.equal(MIXED.slice(unit(i), unit(i + 1)), letter);
    assert.equal(point(unit(i)), i);
  });
  assert.equal(unit([...MIXED].length), MIXED.length);
});

test("a text without wide characters counts as it is", () => {
  const { unit, point } = text.pointsOf("plain");
  assert.deepEqual([unit(0), unit(5), point(3)], [0, 5, 3]);
});

test("overlapping marks split the text, and every piece knows its marks", () => {
  const marks = [{ from: 2, to: 6, of: "x" }, { from: 4, to: 9, of: "y" }, { from: 5, to: 5, of: "none" }];

  assert.deepEqual(text.segments(0, 10, marks).map((one) => [one.from, one.to, one.marks.join("")]),
    [[0, 2, ""], [2, 4, "x"], [4, 6, "xy"], [6, 9, "y"], [9, 10, ""]]);
});

test("marks that reach beyond a stretch are cut at its ends", () => {
  assert.deepEqual(text.segments(3, 5, [{ from: 0, to: 9, of: "x" }]), [{ from: 3, to: 5, marks: ["x"] }]);
});

test("stretches cover the text without a gap and split no character", () => {
  for (const whole of ["😀".repeat(5000), "one two. ".repeat(3000), "para\n\n".repeat(4000), ""]) {
    const found = text.stretches(whole, 777);

    assert.equal(found.map(([from, to]) => whole.slice(from, to)).join(""), whole);
    for (const [from, to] of found) {
      assert.ok(to > from && to - from <= 778);
      assert.ok(!/^[\udc00-\udfff]/.test(whole.slice(from, to)));
    }
  }
});

test("paragraphs keep their places and leave out empty lines", () => {
  const whole = "Title\n\nOne\nline\n \nLast";

  assert.deepEqual(text.paragraphs(whole, [0, whole.length]).map(({ from, to }) => whole.slice(from, to)),
    ["Title", "One\nline", "Last"]);
});

test("lines broken for their length flow, others stay as written", () => {
  const line = "a line that was broken only because the paper was not wider";
  const flows = (whole) => text.paragraphs(whole, [0, whole.length])[0].flows;

  assert.equal(flows(`${line}\n${line}\nend`), true);
  assert.equal(flows("Dear Sir,\nI saw it."), false);
});

test("words are found in any script, with what belongs to them", () => {
  const whole = "Ana's brother-in-law, محمد, fled on 3.4.2019.";
  assert.deepEqual(text.wordsOf(whole).map(({ from, to }) => whole.slice(from, to)),
    ["Ana's", "brother-in-law", "محمد", "fled", "on", "3.4.2019"]);
});

test("days are said as short as they can be", () => {
  assert.equal(words.days("2012-01-01", "2012-12-31"), "2012");
  assert.equal(words.days("2012-02-01", "2012-02-29"), "February 2012");
  assert.equal(words.days("2012-02-21", "2012-02-21"), "21 February 2012");
  assert.equal(words.days("2018-11-01", "2019-04-30"), "1 November 2018 to 30 April 2019");
  assert.equal(words.days(null, null), "");
  assert.equal(words.day("spring"), "spring");
});
