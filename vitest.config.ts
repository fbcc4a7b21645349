/** Unit tests of both packages; a test that needs a document says so in its first line. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{widget,console}/src/**/*.test.{ts,tsx}"],
    environment: "node",
    restoreMocks: true,
  },
});
