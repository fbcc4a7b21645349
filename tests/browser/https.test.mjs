/** One chat over HTTPS behind a proxy, as docs/install.md says: upgrade headers, secure cookie, wss. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { Desk, Server } from "./desk.mjs";

const port = async () => {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port: free } = server.address();
  await new Promise((done) => server.close(done));
  return free;
};

test("a chat works over https behind Caddy", async (t) => {
  const caddy = spawnSync("caddy", ["version"]).status === 0;
  assert.ok(caddy, "Caddy is missing; type: sudo apt-get install caddy");
  const desk = await Desk.start(t);
  await desk.server.stop();

  const secure = `https://localhost:${await port()}`;
  const configuration = join(desk.folder, "comptoir.toml");
  await writeFile(
    configuration,
    `[server]\nlisten = "127.0.0.1:${desk.port}"\npublic_url = "${secure}"\nbehind_proxy = true\ntrusted_proxies = ["127.0.0.1"]\n[data]\ndir = "${desk.folder}"\n`,
  );
  const caddyfile = join(desk.folder, "Caddyfile");
  await writeFile(
    caddyfile,
    `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system ${desk.folder}/caddy\n}\n${secure} {\n\ttls internal\n\treverse_proxy 127.0.0.1:${desk.port}\n}\n`,
  );
  const proxy = spawn("caddy", ["run", "--config", caddyfile, "--adapter", "caddyfile"], {
    stdio: "ignore",
    env: { ...process.env, HOME: desk.folder, XDG_DATA_HOME: desk.folder, XDG_CONFIG_HOME: desk.folder },
  });
  t.after(() => proxy.kill());
  desk.server = new Server(["serve", "--config", configuration], (line) => /listens on/.test(line));
  await desk.server.start();

  const context = await desk.browser.newContext({
    ignoreHTTPSErrors: true,
    locale: "en-GB",
    viewport: { width: 1440, height: 860 },
  });
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: "open" });
    };
  });
  const admin = desk.signInOf("admin");
  const page = await context.newPage();
  for (let tries = 0; ; tries += 1) {
    const reached = await page.goto(secure).catch((error) => error);
    if (!(reached instanceof Error)) break;
    assert.ok(tries < 100, `the proxy never answered: ${reached}`);
    await page.waitForTimeout(100);
  }
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const tab = page.getByRole("tab", { name: /^Waiting/ });
  const start = page.getByRole("button", { name: "Start", exact: true });
  await tab.or(start).first().waitFor();
  if (await start.isVisible()) await start.click();
  await tab.waitFor();
  const cookies = await context.cookies(secure);
  const session = cookies.find((cookie) => cookie.name === "__Host-comptoir");
  assert.ok(session?.secure && session.httpOnly, JSON.stringify(cookies));

  await page.goto(`${secure}/settings/sites`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /Corlieu/ })
    .first()
    .click();
  const [shop] = await Promise.all([
    context.waitForEvent("page"),
    page
      .getByRole("button", { name: /Test your live chat/ })
      .or(page.getByRole("link", { name: /Test your live chat/ }))
      .first()
      .click(),
  ]);
  await shop.waitForURL(/\/test\//);
  const socket = shop.waitForEvent("websocket");
  await page.goto(`${secure}/inbox/waiting`);
  await shop.getByRole("button", { name: /^(Open chat|Ouvrir le chat)/ }).click();
  assert.match((await socket).url(), /^wss:/);
  await shop
    .getByRole("button", { name: /Talk to an advisor|Parler à un conseiller/ })
    .last()
    .click();
  const composer = shop.getByLabel(/^(Your message|Votre message)$/);
  await composer.fill("Tom Becker");
  await composer.press("Enter");
  await shop
    .getByText(/At which e-mail|À quelle adresse/)
    .first()
    .waitFor();
  await composer.fill("tom@example.org");
  await composer.press("Enter");
  await page.getByRole("listitem").filter({ hasText: "Tom Becker" }).getByRole("button").click();
  const reply = page.getByRole("textbox", { name: /^Reply to/ });
  await reply.fill("Over https");
  await reply.press("Enter");
  await shop.getByText("Over https").first().waitFor();
});
