/** What an admin may drop on the catalog: refused files are named, a guard asks, an import can be stopped. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { catalogPage } from "./journeys.mjs";

const file = (name, content) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

function feed(rows) {
  const lines = Array.from(
    { length: rows },
    (_, at) => `p${at},Chair number ${at},${at + 1}.00 EUR,in stock,https://shop.example/p/${at}`,
  );
  return file("shop.csv", `id,title,price,availability,link\n${lines.join("\n")}\n`);
}

test("files that are no catalog are refused in words, and the catalog stays", async (t) => {
  const { page, drops, says, button } = await catalogPage(await Desk.start(t));
  const before = await page.getByText(/products · since/).textContent();
  const refused = [
    [file("empty.csv", ""), "The file is empty"],
    [file("header.csv", "id,title,price\n"), "a header but no products"],
    [file("program.csv", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0])), "no table of text"],
    [file("book.csv", Buffer.from("PK\u0003\u0004....")), "export it as CSV"],
  ];
  for (const [one, words] of refused) {
    await drops(one);
    await says(words);
  }
  await drops(file("odd.csv", "foo,bar\n1,2\n"));
  await page.getByRole("heading", { name: "Columns of odd.csv" }).waitFor();
  await says("Say which column holds the product’s name");
  assert.ok(await button("Import").isDisabled());
  await button("Cancel").click();
  await page.reload();
  await page.getByText(before, { exact: true }).waitFor();
});

test("a shop's own French file goes through the columns, and what was said is kept", async (t) => {
  const { page, drops, says, button } = await catalogPage(await Desk.start(t));
  const rows = [
    ["R1", "Poêle Brasero", "499,00", "Rupture définitive", "Fonte brute/acier"],
    ["R2", "Poêle Foyer", "689,50", "Dispo", "FONTE BRUTE"],
    ["R3", "Hotte Murale", "250,00", "Dispo", "Inox"],
  ];
  const french = (name) =>
    file(
      name,
      Buffer.from(
        `Machin;Truc;Montant;Etat;Finition\r\n${rows.map((row) => row.join(";")).join("\r\n")}\r\n`,
        "latin1",
      ),
    );
  const gives = (column) => page.getByLabel(`What column ${column} gives`, { exact: true });

  await drops(french("poeles.csv"));
  await page.getByRole("heading", { name: "Columns of poeles.csv" }).waitFor();
  await gives("Machin").selectOption("SKU of the variant");
  await gives("Truc").selectOption("Name");
  await gives("Montant").selectOption("Price without tax");
  await says("Prices are without tax");
  await page.getByLabel("Tax rate in percent").first().fill("20");
  await gives("Etat").selectOption("Availability");
  await page
    .getByRole("row", { name: /^Etat/ })
    .getByRole("button", { name: /values/ })
    .click();
  await page.getByLabel("What Rupture définitive stands for").selectOption("Out of stock");
  await page.getByLabel("What Dispo stands for").selectOption("In stock");
  await gives("Finition").selectOption("Property");
  await page
    .getByRole("row", { name: /^Finition/ })
    .getByRole("button", { name: /values/ })
    .click();
  await page.getByLabel("What Fonte brute/acier stands for").fill("fonte; acier");
  await page.getByLabel("What FONTE BRUTE stands for").fill("fonte");
  await says("First lines read: 3 · products: 3 · refused: 0");
  await page.getByRole("main").getByText("€598.80").first().waitFor();
  await button("Import").click();
  await button("Import anyway").click();
  await page.getByText(/^3 products · since/).waitFor();

  await drops(french("poeles-2.csv"));
  await page.getByRole("heading", { name: "poeles-2.csv" }).waitFor();
  await page.getByText("Unchanged", { exact: true }).locator("..").getByText("3", { exact: true }).waitFor();
});

test("the import before is restored, and the way back is the same", async (t) => {
  const { page, drops, says, button } = await catalogPage(await Desk.start(t));
  await drops(feed(40));
  await button("Import anyway").click();
  await page.getByText(/^40 products · since/).waitFor();
  await drops(feed(16));
  await says("24 products would be gone");
  await button("Import anyway").click();
  await page.getByText(/^16 products · since/).waitFor();
  await button("Restore the import before").click();
  await page.getByText(/^40 products · since/).waitFor();
  await page.getByRole("heading", { name: "The import before, restored" }).waitFor();
  await button("Restore the import before").click();
  await page.getByText(/^16 products · since/).waitFor();
});

test("refused lines are told with their remedy, also when the page is opened again", async (t) => {
  const { page, drops, says, button } = await catalogPage(await Desk.start(t));
  const rows = ["p1,Oak chair,12.00 EUR", "p2,,14.00 EUR", "p3,Oak table,a lot"];
  await drops(file("shop.csv", `id,title,price\n${rows.join("\n")}\n`));
  await button("Import anyway").click();
  await page.getByText(/^1 product · since/).waitFor();
  for (const _ of ["at once", "later"]) {
    await says("The cell is empty. Give the product a name.");
    await says("This price cannot be read. Write it like 12.90.");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the refused lines" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "rejected.csv");
    await page.reload();
  }
});

test("a feed that would remove most products waits for a yes, and a no leaves all as it was", async (t) => {
  const { page, drops, says, state, button } = await catalogPage(await Desk.start(t));
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
  const { page, drops, state, button } = await catalogPage(await Desk.start(t));
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

test("a catalog is emptied on purpose, after saying what goes, and its products come back", async (t) => {
  const desk = await Desk.start(t);
  const { page, drops, says, state, button } = await catalogPage(desk);
  await drops(feed(40));
  await button("Import anyway").click();
  await page.getByText(/^40 products · since/).waitFor();

  await button("Empty this catalog").click();
  const dialog = page.getByRole("dialog", { name: "Empty the catalog in French?" });
  await dialog.getByText("Its 40 products are taken away").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/^40 products · since/).waitFor();
  await page.locator("button:focus", { hasText: "Empty this catalog" }).waitFor();

  await button("Empty this catalog").press("Enter");
  await dialog.getByRole("button", { name: "Empty this catalog" }).click();
  await says("40 products were taken away.");
  await says("No product yet.");
  assert.equal(await button("Empty this catalog").count(), 0, "there is nothing left to empty");

  await button("Restore the import before").click();
  await page.getByText(/^40 products · since/).waitFor();
  await state("Done");
});
