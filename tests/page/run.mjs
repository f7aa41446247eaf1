/* Runs every test of steps/, or those whose names hold the words given. */
import { readdirSync } from "node:fs";
import { finish, runTests } from "./harness.mjs";

const steps = new URL("./steps/", import.meta.url);
for (const file of readdirSync(steps).sort())
  await import(new URL(file, steps).href);
try {
  process.exitCode = await runTests(process.argv.slice(5).join(" ")) ? 1 : 0;
} finally {
  await finish();
}
