/*
 * server.mjs - serves dist/ as attest would, beside the invented answers.
 *
 *     node mock/server.mjs [--port 7171] [options of api.mjs]
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { api, options } from "./api.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript",
  ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; "
  + "img-src 'self' data:; connect-src 'self'; font-src 'self'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function serveFile(path, response) {
  const file = normalize(join(dist, path));
  const name = file.startsWith(dist) && types[extname(file)]
    ? file : join(dist, "index.html");
  const bytes = await readFile(name).catch(() => null);
  response.writeHead(bytes ? 200 : 404, {
    "Content-Type": types[extname(name)],
    "Content-Security-Policy": policy,
  });
  response.end(bytes ?? "not built");
}

createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  return pathname.startsWith("/api/v1/")
    ? api(request, response) : serveFile(pathname, response);
}).listen(Number(options.port), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${options.port}/`));
