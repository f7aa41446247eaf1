/*
 * charts.test.mjs - the reckoning behind the charts: days on an axis, a
 * network's layout, places taken together, filters in an address.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createServer } from "vite";

const vite = await createServer({
  configFile: false, logLevel: "silent", appType: "custom",
  server: { middlewareMode: true, hmr: false, watch: null },
});
const { dayNumber, dayText, ticks } = await vite.ssrLoadModule("/src/parts/calendar.ts");
const { layOut } = await vite.ssrLoadModule("/src/parts/force.ts");
const { cluster, placeNames } = await vite.ssrLoadModule("/src/parts/clusters.ts");
const { filtersOf, question, toggled } = await vite.ssrLoadModule("/src/parts/filters.ts");

after(() => vite.close());

test("a day is the same day again", () => {
  for (const text of ["0999-12-31", "1970-01-01", "2000-02-29", "2019-05-06"])
    assert.equal(dayText(dayNumber(text)), text);
  assert.equal(dayText(dayNumber("2019")), "2019-01-01");
  assert.equal(dayNumber("2019-03-01") - dayNumber("2019-02-28"), 1);
});

test("an axis has marks where years, months and days begin, and not too many", () => {
  const words = (from, to, most) => ticks(dayNumber(from), dayNumber(to), most).map((one) => one.words);

  assert.deepEqual(words("1999-03-02", "2004-05-01", 6), ["2000", "2001", "2002", "2003", "2004"]);
  assert.deepEqual(words("2018-11-05", "2019-03-02", 6), ["Dec", "2019", "Feb", "Mar"]);
  assert.deepEqual(words("2019-05-06", "2019-05-08", 6), ["6 May", "7 May", "8 May"]);
  for (const years of [1, 3, 20, 90, 800])
    assert.ok(words("1200-01-01", `${1200 + years}-01-01`, 10).length <= 11);
});

test("a network is laid out the same each time, in its room, and apart", () => {
  const links = [{ from: 0, to: 1, weight: 3 }, { from: 0, to: 2, weight: 1 }];
  const spots = layOut(4, links, 300, 200);

  assert.deepEqual(layOut(4, links, 300, 200), spots);
  for (const { x, y } of spots) assert.ok(x >= 0 && x <= 300 && y >= 0 && y <= 200);
  spots.forEach((one, i) => spots.slice(i + 1).forEach((other) =>
    assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 20)));
  assert.equal(layOut(0, [], 300, 200).length, 0);
});

test("places that would cover each other are one, and no claim is lost", () => {
  const points = [[10, 10, 5], [12, 10, 1], [400, 10, 2]].map(([x, y, count]) => ({ x, y, count, of: `${x}` }));
  const found = cluster(points);

  assert.deepEqual(found.map((one) => one.members), [["10", "12"], ["400"]]);
  assert.equal(found.reduce((sum, one) => sum + one.count, 0), 8);
});

test("a name on the map stands where it covers nothing, or nowhere", () => {
  const at = (x, y, count) => ({ x, y, count, members: [count] });
  const sideOf = (clusters, one) => placeNames(clusters, () => "Some town").get(one)?.anchor;
  const large = at(0, 0, 50), under = at(0, 45, 2), far = at(300, 0, 1);

  assert.deepEqual([large, far].map((one) => placeNames([far, large], () => "Some town").get(one).dy > 0), [true, true]);
  assert.ok(placeNames([under, large], () => "Some town").get(large).dy < 0);
  assert.equal(sideOf([large, under, at(0, -45, 2)], large), "start");
  assert.equal(sideOf([large, under, at(0, -45, 2), at(45, 0, 2), at(-45, 0, 2)], large), undefined);
});

test("an address is a question", () => {
  const query = new URLSearchParams("act=liberty&act=life&tab=events&since=2019-01-01&offset=50");
  const at = { path: "/search", query, text: "" };

  assert.equal(filtersOf(at).toString(), "act=liberty&act=life&since=2019-01-01");
  assert.equal(question("claims", filtersOf(at, "since"), { sort: null, limit: 50 }), "claims?act=liberty&act=life&limit=50");
  assert.deepEqual(toggled(at, "act", "life"), ["liberty"]);
  assert.deepEqual(toggled(at, "act", "threat"), ["liberty", "life", "threat"]);
});
