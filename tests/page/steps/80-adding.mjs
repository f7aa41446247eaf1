/* Documents added from the page: the work goes on when nobody looks. */
import assert from "node:assert/strict";
import { makeFiles, served, test } from "../harness.mjs";

const LETTER = "Guards of the Union beat Ivo Lenk in Port Selm on 3 May 2019.\n";

/* As a hand does it: files and folders of this machine, let go over an element. */
async function drop(page, element, paths) {
  await element.hover(); /* once it moves no more */
  const { x, y, width, height } = await element.boundingBox();
  const browser = await page.context().newCDPSession(page);

  for (const type of ["dragEnter", "dragOver", "drop"])
    await browser.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + height / 4,
      data: { items: [], files: paths, dragOperationsMask: 1 } });
}

test("files that are chosen or dropped are read, a closed tab or not", () => served({}, async ({ page, at, ask, another }) => {
  await at("/documents");
  await page.getByLabel("Files to add").setInputFiles(["letter.txt", "empty.txt"].map((name) =>
    ({ name, mimeType: "text/plain", buffer: Buffer.from(name === "letter.txt" ? LETTER : "") })));
  await page.getByRole("heading", { name: "16 documents" }).waitFor({ timeout: 60000 });
  await page.getByRole("link", { name: "letter.txt", exact: true }).waitFor();
  await page.getByText(/^empty\.txt: /).waitFor(); /* what could not be read is told */

  const folder = makeFiles(Object.fromEntries(["one.txt", "deep/two <b>.txt", "deep/three.txt"].map((name) =>
    [`case/${name}`, LETTER.replace("beat", `beat ${name.length} people and`)])));
  await drop(page, page.getByRole("region", { name: "Add documents" }), [`${folder}/case`]);
  await page.getByText("3 files sent").waitFor();
  await page.close();

  const later = await another();
  await at("/documents", later);
  await later.getByRole("heading", { name: "19 documents" }).waitFor({ timeout: 60000 });
  assert.equal((await ask("documents?find=two")).total, 1);
}));
