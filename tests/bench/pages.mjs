/**
 * Pages of others, by npm package with exact versions (package.json beside), and two of our own: the set
 * on which shared pages are measured. Nothing in the product knows them.
 */

/** Package, folder that is its web root, pages in it. */
const PACKAGES = [
  ["startbootstrap-shop-homepage", "dist", ["index.html"]],
  ["startbootstrap-shop-item", "dist", ["index.html"]],
  ["startbootstrap-creative", "dist", ["index.html"]],
  ["startbootstrap-agency", "dist", ["index.html"]],
  ["material-kit", "", ["index.html", "examples/landing-page.html"]],
  ["paper-kit-2", "", ["index.html"]],
  ["soft-ui-design-system", "", ["index.html", "pages/contact-us.html"]],
  [
    "gentelella",
    "dist",
    ["e_commerce", "product_detail", "orders", "order_detail", "pricing_tables", "form", "invoice"].map(
      (name) => `production/${name}.html`,
    ),
  ],
  ["material-dashboard", "", ["pages/billing.html"]],
  ["@creative-tim-official/argon-dashboard", "", ["pages/billing.html"]],
  ["uikit", "", ["tests/form.html", "tests/lightbox.html"]],
];

/** Where each package's web root is served: a folder of its own, without a scope's sign. */
export const MOUNTS = PACKAGES.map(([name, root]) => ({
  path: `/${name.replace(/^@[^/]*\//, "")}/`,
  folder: new URL(`node_modules/${name}/${root && `${root}/`}`, import.meta.url).pathname,
}));

export const PAGES = PACKAGES.flatMap(([, , pages], at) => pages.map((page) => `${MOUNTS[at].path}${page}`));

/** Few, and unlike each other, for what is measured many times. */
export const SOME_PAGES = [
  "/startbootstrap-shop-homepage/index.html",
  "/startbootstrap-shop-item/index.html",
  "/material-kit/examples/landing-page.html",
  "/gentelella/production/e_commerce.html",
  "/startbootstrap-creative/index.html",
];
