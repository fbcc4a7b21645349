/** What an admin may drop on the catalog: refused files are named, a guard asks, an import can be stopped. */
import { test } from "node:test";

import { Desk } from "./desk.mjs";

const file = (name, content) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

function feed(rows) {
  const lines = Array.from(
    { length: rows },
    (_, at) => `p${at},Chair number ${at},${at + 1}.00 EUR,in stock,https://shop.example/p/${at}`,
  );
  return file("shop.csv", `id,title,price,availability,link\n${lines.join("\n")}\n`);
}

async function catalogPage(t) {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites`);
  await admin.page.getByRole("main").getByRole("link", { name: "Corlieu" }).first().click();
  await admin.page.getByRole("link", { name: "Catalog" }).first().click();
  await admin.page.getByText(/^24 products|products · since/).waitFor();
  const { page } = admin;
  return {
    page,
    drops: (one) => page.locator("input[type=file]").setInputFiles(one),
    says: (text) => page.getByRole("main").getByText(text).first().waitFor(),
    state: (words) => page.getByRole("status").filter({ hasText: words }).waitFor(),
    button: (name) => page.getByRole("button", { name, exact: true }),
  };
}

test("files that are no catalog are refused in words, and the catalog stays", async (t) => {
  const { page, drops, says } = await catalogPage(t);
  const before = await page.getByText(/products · since/).textContent();
  const refused = [
    [file("empty.csv", ""), "The file is empty"],
    [file("odd.csv", "foo,bar\n1,2\n"), "name no id; write `id`"],
    [file("header.csv", "id,title,price\n"), "a header but no products"],
    [file("program.csv", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0])), "not a table of text"],
    [file("book.csv", Buffer.from("PK\u0003\u0004....")), "an Excel workbook"],
  ];
  for (const [one, words] of refused) {
    await drops(one);
    await page.getByRole("heading", { name: one.name }).waitFor();
    await says(words);
  }
  await page.reload();
  await page.getByText(before, { exact: true }).waitFor();
});

test("a feed that would remove most products waits for a yes, and a no leaves all as it was", async (t) => {
  const { page, drops, says, state, button } = await catalogPage(t);
  const before = await page.getByText(/products · since/).textContent();
  await drops(feed(5));
  await says(/would be gone/);
  await button("Cancel the import").click();
  await state("Cancelled");
  await page.getByText(before, { exact: true }).waitFor();
  await drops(feed(5));
  await button("Import anyway").click();
  await page.getByText(/^5 products · since/).waitFor();
  await drops(feed(5));
  await state("Done");
  await page.getByText("Unchanged", { exact: true }).locator("..").getByText("5", { exact: true }).waitFor();
});

test("an import shows how far it is and can be cancelled, and the old catalog stays", async (t) => {
  const { page, drops, state, button } = await catalogPage(t);
  const before = await page.getByText(/products · since/).textContent();
  await drops(feed(20_000));
  await page.getByRole("progressbar", { name: "Progress of the import" }).waitFor();
  await drops(feed(5));
  await page.getByText("An import of this site is already running").waitFor();
  await button("Cancel the import").click();
  await state("Cancelled");
  await page.reload();
  await page.getByText(before, { exact: true }).waitFor();
});
