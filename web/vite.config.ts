import { defineConfig } from "vite";
import { mock } from "./mock/plugin";

/* Nothing is inlined, so that the page's Content-Security-Policy can be strict. */
export default defineConfig({
  plugins: [mock()],
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: "127.0.0.1" },
});
