import { defineConfig } from "vite";

/* While developing, a program (or mock/server.mjs) answers beside the page. */
const program = process.env.ATTEST_SERVER ?? "http://127.0.0.1:7171";

/* Nothing is inlined, so that the page's Content-Security-Policy can be strict. */
export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: "127.0.0.1", proxy: { "/api": program } },
});
