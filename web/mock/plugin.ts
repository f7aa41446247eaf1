/*
 * plugin.ts - the invented answers in `npm run dev`; MOCK="--empty" and the
 * like choose what they are. With ATTEST=http://127.0.0.1:7171 the program
 * itself answers instead.
 */
import type { Plugin } from "vite";

export function mock(): Plugin {
  const program = process.env.ATTEST;

  return {
    name: "mock",
    apply: "serve",
    config: () => program ? { server: { proxy: { "/api": program } } } : {},
    async configureServer(server) {
      if (program) return;
      process.env.MOCK ??= "";
      const { api } = await import("./api.mjs");
      server.middlewares.use((request, response, next) =>
        request.url?.startsWith("/api/v1/")
          ? void api(request, response) : next());
    },
  };
}
