/**
 * The preview of a site's masks: the same picture as the agent's, on pages with every kind of field; tried
 * before it is saved; and nothing of anybody's page without their own press.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab } from "./played.mjs";
import { Preview, written } from "./previewing.mjs";
import { inShare, SharedPage, until } from "./sharing.mjs";

const SECRETS = `<h1>Secrets</h1>
  <input type="password" value="hunter2"> <input type="password" id="was" value="was-one">
  <input autocomplete="cc-number" value="4111111111111111"> <input autocomplete="one-time-code" value="123456">
  <label>Code de sécurité <input value="737"></label> <input name="iban" value="FR7630006000011234567890189">
  <input placeholder="Social security number" value="1850578006084">
  <script>document.getElementById("was").type = "text"</script>`;
const TYPED = `<h1>Typed</h1><form><label>Name <input value="Ada"></label>
  <label>E-mail <input type="email" value="ada@example.org"></label><textarea>Leave it with Bob</textarea>
  <div contenteditable>Dear <b>Bob</b></div><input type="hidden" name="csrf" value="t0k3n"></form>`;
const CHOICES = `<h1>Choices</h1><form><select><option>S</option><option selected>M</option></select>
  <label><input type="radio" name="r" checked> Red</label><input type="checkbox" checked><input type="range" value="70">
  </form><form><select><option selected>Visa</option></select><input type="checkbox" checked>
  <input type="password" value="x"></form>`;
const MARKED = `<h1>Marked</h1><p data-comptoir-mask title="Ada">Ada Lovelace <a href="/ada">12 Byron Street</a></p>
  <section data-comptoir-block style="inline-size:300px;block-size:80px"><h2>Your orders</h2></section>
  <label>Quantity <input value="2" data-comptoir-show></label>
  <p>Card 4111 1111 1111 1111, account FR76 3000 6000 0112 3456 7890 189</p><p class="customer">Ada again</p>`;
const FRAMES = `<h1>Frames</h1><iframe srcdoc="<p>Inside</p><input value='typed inside'>"></iframe>
  <iframe src="https://pay.invalid/frame" width="200" height="60"></iframe><canvas width="80" height="40"></canvas>
  <x-card></x-card><script>document.querySelector("x-card").attachShadow({ mode: "open" })
  .append(document.createRange().createContextualFragment("<style>p { color: teal }</style><p>In a shadow</p><input value='typed there'><p data-comptoir-mask>hidden there</p>"))
  </script>`;
const STYLED = `<style>body { font: 16px serif; background: linear-gradient(#fff, #eef) } menu[data-state="open"] { color: red }
  li:nth-child(2)::before { content: "→ " }</style><h1>Styled</h1><menu data-state="open" data-user="ada"><li>One</li>
  <li>Two</li></menu><p onclick="alert(1)" dir="rtl">שלום</p><svg width="40" height="40"><circle r="18" cx="20" cy="20"/></svg>
  <img alt="" width="40" height="40" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">`;
const LAB = {
  "/secrets": SECRETS,
  "/typed": TYPED,
  "/choices": CHOICES,
  "/marked": MARKED,
  "/frames": FRAMES,
  "/styled": STYLED,
};
const STORE = ["/en/", "/en/cart", "/fr/"];

/** The same desk and store for all: a desk of its own for each would only cost time. */
const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  desk = await Desk.start(t);
  origin = await lab(t, desk, LAB);
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

/** Page after page, both pictures, until they are the same or will never be. */
async function comparesAll(urls, name) {
  const [first, ...rest] = urls;
  const { visitor, tab } = await inShare(desk, { path: first, name });
  const preview = await Preview.on(desk);
  for (const url of [first, ...rest]) {
    if (visitor.page.url() !== url) await visitor.goes(url);
    const path = new URL(url).pathname;
    await until(
      async () =>
        (await tab.page.locator(".place-url").textContent())?.endsWith(path) &&
        (await tab.picture
          .locator("body *")
          .count()
          .catch(() => 0)),
      `the agent's tab shows ${path}`,
    );
    const tried = await preview.tries(url);
    const heading = await tried.locator("h1").first().textContent();
    await tab.picture.locator("h1").first().getByText(heading.trim()).waitFor();
    let [agents, admins] = ["", ""];
    await until(async () => {
      [agents, admins] = await Promise.all([written(tab.picture), written(preview.picture)]);
      return agents && agents === admins;
    }, `both pictures of ${path} are one`).catch(() => assert.equal(admins, agents, path));
    assert.ok(agents.split("\n").length > 10, `${path} is no empty page`);
    await tried.close();
  }
  assert.deepEqual(preview.complaints, []);
  await Promise.all([preview.context.close(), visitor.context.close()]);
  return preview;
}

test("on pages with every kind of field the preview is what the agent's tab shows", async () => {
  await comparesAll(
    Object.keys(LAB).map((path) => origin + path),
    "Omar Haddad",
  );
});

test("on the demo store's pages the preview is what the agent's tab shows", async () => {
  const visitor = await desk.visitor();
  const links = async (part) => {
    const hrefs = await visitor.page
      .locator(`a[href*="${part}"]`)
      .evaluateAll((all) => all.map((a) => a.href));
    return hrefs[0];
  };
  const pages = [...STORE.map((path) => desk.store + path), await links("/en/c/"), await links("/en/p/")];
  await visitor.context.close();
  await comparesAll(pages, "Rosa Lind");
});

test("masks are tried before they are saved: what is no selector is told, what was typed is seen at once", async () => {
  const preview = await Preview.on(desk);
  const { page } = preview;
  await preview.tries(`${origin}/marked`);
  await preview.picture.getByText("Ada again").waitFor();
  await preview.says("1 shown as it is");
  await page.getByLabel("Also mask").fill(".customer\n.nobody");
  await preview.picture.locator("p.customer").getByText("••••••").waitFor();
  await page.getByText(".customer 1 element").waitFor();
  await page.getByText(".nobody finds nothing here").waitFor();

  await page.getByLabel("Leave out").fill("p {");
  await page.getByText("“p {” is no CSS selector").waitFor();
  assert.equal(await page.getByRole("button", { name: "Save" }).isDisabled(), true);
  await page.getByLabel("Leave out").fill("");
  await page.getByLabel("None", { exact: false }).first().check();

  const share = () =>
    page.evaluate(
      async (path) => (await (await fetch(path)).json()).share,
      `/api/v1/sites/${desk.said.site.id}`,
    );
  assert.deepEqual((await share()).mask, [], "nothing is saved yet");
  await page.getByRole("button", { name: "Save" }).click();
  await preview.says(/^Saved/);
  assert.deepEqual(await share().then(({ mask, show }) => ({ mask, show })), {
    mask: [".customer", ".nobody"],
    show: "none",
  });
  await page.getByLabel("Also mask").fill("");
  await page.getByLabel("Choices", { exact: false }).first().check();
  await page.getByRole("button", { name: "Save" }).click();
  await until(async () => (await share()).mask.length === 0, "it is as before");
  await preview.context.close();
});

test("the settings hand their draft over, and a page that is never shared has no picture", async () => {
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites/${desk.said.site.id}`);
  const form = admin.page.getByRole("region", { name: "Shared pages" });
  await form.getByLabel("Pages that are never shared").fill("/typed");
  const [page] = await Promise.all([
    admin.context.waitForEvent("page"),
    form.getByRole("link", { name: "Try it on a page of your store" }).click(),
  ]);
  const preview = new Preview(desk, { context: admin.context, page });
  const tried = await preview.opens(`${origin}/typed`);
  await new SharedPage({ page: tried, lang: "en" }).answers(true);
  await preview.says("Sharing is off on this page");
  assert.equal(await preview.frame.count(), 0);
  await preview.address.fill("https://elsewhere.example/");
  await page.getByRole("button", { name: "Open this page" }).click();
  await preview.says("Only a page of this site can be tried");
  await admin.context.close();
});

test("an address with a pass does nothing by itself: not for strangers, scripts, or a second page", async () => {
  const visitor = await desk.visitor({ path: `${origin}/typed#comptoir-preview=made-up` });
  await visitor.page.waitForURL((url) => !url.hash);
  assert.equal(await new SharedPage(visitor).card.count(), 0, "a made-up pass asks nothing");

  const preview = await Preview.on(desk);
  let sent = 0;
  let pass = "";
  await preview.context.route(/share-preview/, (route) => {
    const request = route.request();
    if (request.url().endsWith("/share-preview")) pass = request.postDataJSON()?.pass ?? pass;
    if (/\/(picture|files?)$/.test(new URL(request.url()).pathname) && request.method() === "POST") sent += 1;
    return route.continue();
  });
  const tried = await preview.opens(`${origin}/typed`);
  const shared = new SharedPage({ page: tried, lang: "en" });
  const agree = shared.card.getByRole("button", { name: "Agree" });
  await agree.waitFor();
  assert.equal(new URL(tried.url()).hash, "", "the pass is taken out of the address");
  await agree.evaluate((button) => {
    button.click();
    button.dispatchEvent(new PointerEvent("click", { bubbles: true, composed: true }));
  });
  await preview.says("The page asks you");
  await agree.waitFor();

  await visitor.goes(`${origin}/typed`);
  const again = await visitor.page.evaluate(
    async ([base, pass]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${base}/w/v1/share-preview`, {
        method: "POST",
        headers,
        body: JSON.stringify({ pass }),
      });
      return answer.status;
    },
    [desk.console, pass],
  );
  assert.notEqual(pass, "");
  assert.equal(again, 404, "a pass is good once");

  await shared.answers(false);
  await preview.says("The page is gone");
  assert.equal(sent, 0, "nothing of the page was sent");

  const agreed = await preview.tries(`${origin}/typed`);
  await new SharedPage({ page: agreed, lang: "en" }).stops();
  await preview.says("The page is gone");
  assert.equal(await preview.frame.count(), 0, "and its picture with it");
  await preview.context.close();
  await visitor.context.close();
});
