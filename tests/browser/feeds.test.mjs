/** Feeds that are more than one file: PrestaShop's products and combinations, in either order. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { catalogPage } from "./journeys.mjs";

const fixture = (name) => new URL(`../../catalog/tests/data/dialects/${name}`, import.meta.url).pathname;
const products = fixture("prestashop.csv");
const combinations = fixture("prestashop-combinations.csv");

async function variantsOf(page, desk, product) {
  const path = `${desk.console}/api/v1/sites/${desk.said.site.id}/catalog/products/${product}`;
  const { variants } = await (await page.context().request.get(path)).json();
  return variants.map(({ sku, price }) => [sku, price.minor]);
}

test("PrestaShop's two files are dropped together and make one catalog", async (t) => {
  const desk = await Desk.start(t);
  const { page, drops, says, state, button } = await catalogPage(desk);
  await drops([combinations, products]);
  await page
    .getByRole("heading", { name: "Columns of prestashop-combinations.csv and prestashop.csv" })
    .waitFor();
  await says("Prices are without tax");
  await page.getByLabel("Tax rate in percent").first().fill("20");
  await page.getByRole("main").getByText("€19.90").first().waitFor();
  await button("Import").click();
  await button("Import anyway").click();
  await page.getByRole("heading", { name: "prestashop-combinations.csv + prestashop.csv" }).waitFor();
  await state("Done");
  assert.deepEqual(await variantsOf(page, desk, "1"), [
    ["PHONE-B16", 8990],
    ["PHONE-N32", 9990],
  ]);
});

test("combinations ask for their products, which are added beside them; a ninth file is refused in words", async (t) => {
  const desk = await Desk.start(t);
  const { page, drops, says, state, button } = await catalogPage(desk, { lang: "fr" });
  await drops(combinations);
  await says("Ajoutez l’export des produits");
  assert.ok(await button("Importer").isDisabled());
  await drops(products);
  await says("Les prix sont hors taxes");
  await page.getByLabel("Taux de TVA en pour cent").first().fill("20");
  await page.getByRole("main").getByText("19,90 €").first().waitFor();

  await drops(Array.from({ length: 7 }, () => combinations));
  await says("Un catalogue se lit dans 8 fichiers au plus, et prestashop-combinations.csv est de trop");
  const files = page.getByRole("list", { name: "Fichiers" }).getByRole("listitem");
  assert.equal(await files.count(), 8, "what was put before stays, and is told");
  assert.equal(await page.getByLabel("Taux de TVA en pour cent").first().inputValue(), "20");

  await button("Annuler").click();
  await drops([products, combinations]);
  await says("Les prix sont hors taxes");
  await page.getByLabel("Taux de TVA en pour cent").first().fill("20");
  await page.getByRole("main").getByText("19,90 €").first().waitFor();
  await button("Importer").click();
  await button("Importer quand même").click();
  await state("Terminé");
  assert.equal((await variantsOf(page, desk, "1")).length, 2);
});
