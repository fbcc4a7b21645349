/**
 * A store for the bench: the pages of pages.mjs on an origin of their own, with the snippet of the site
 * or with rrweb's recorder as it comes, and pages of ours for what those lack.
 *
 * Pictures of other hosts are replaced by local ones of the same size; whatever else they ask of other
 * hosts fails at once, as these benches run without a network.
 */
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { PNG } from "pngjs";
import { labPages } from "./lab.mjs";
import { MOUNTS } from "./pages.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".otf": "font/otf",
  ".eot": "application/vnd.ms-fontobject",
};
const PICTURE =
  /(["'(])\s*(https?:\/\/(?:dummyimage\.com\/[^"')]*|[^"')\s]*\.(?:png|jpe?g|gif|webp|svg)[^"')\s]*))/gi;
const STOCK = new URL("node_modules/rrweb/dist/rrweb.umd.min.cjs", import.meta.url).pathname;

/** The script that styles uikit's tests is not in its package, only what it is built from. */
const UIKIT_TEST = `document.writeln('<link rel="stylesheet" href="../dist/css/uikit.css">');
document.writeln('<script src="../dist/js/uikit.js"><\\/script>');
document.writeln('<script src="../dist/js/uikit-icons.js"><\\/script>');`;

/** What the browser is started with, so that other hosts fail at once instead of after a while. */
export const NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

export class Store {
  /** `head` is written into each page. */
  static async open(head) {
    const store = new Store();
    store.head = head;
    /** Addresses that were not there, by the page that asked. */
    store.missing = [];
    store.server = createServer((request, response) => {
      store.#answer(request, response).catch((error) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    });
    await new Promise((done) => store.server.listen(0, "127.0.0.1", done));
    store.origin = `http://127.0.0.1:${store.server.address().port}`;
    return store;
  }

  async #answer({ url, method, headers }, response) {
    const { pathname } = new URL(url, this.origin);
    const path = decodeURIComponent(pathname);
    if (path.startsWith("/stand-in/")) return picture(path, response);
    if (path === "/stock.js") return sent(response, await readFile(STOCK), ".js");
    if (path === "/uikit/tests/js/test.js") return sent(response, UIKIT_TEST, ".js");
    const lab = labPages[path];
    if (lab) return sent(response, this.#page(lab()), ".html");
    const file = await found(path);
    if (!file) {
      this.missing.push({ path, from: headers.referer ?? "", method });
      response.statusCode = 404;
      return sent(response, "nothing here", ".html");
    }
    const bytes = await readFile(file);
    const ending = extname(file).toLowerCase();
    sent(response, ending === ".html" ? this.#page(bytes.toString("utf8")) : bytes, ending);
  }

  #page(html) {
    const local = html.replace(PICTURE, (_, quote, address) => `${quote}${standIn(address)}`);
    const head = this.head;
    return /<head[^>]*>/i.test(local)
      ? local.replace(/<head[^>]*>/i, (tag) => `${tag}\n${head}`)
      : `${head}${local}`;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** The file of a path; of one that a page begins at the root, the package's that has it. */
async function found(path) {
  const mount = MOUNTS.find((one) => path.startsWith(one.path));
  for (const { folder } of mount ? [mount] : MOUNTS) {
    const file = normalize(join(folder, mount ? path.slice(mount.path.length) : path));
    if (file.startsWith(folder) && (await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

function sent(response, body, ending) {
  response.setHeader("content-type", TYPES[ending] ?? "application/octet-stream");
  // As stores do it: pages are asked for anew, what they name may be kept.
  response.setHeader("cache-control", ending === ".html" ? "no-cache" : "max-age=3600");
  response.end(body);
}

/** The size that an address of a placeholder's host speaks of. */
function standIn(address) {
  const [, width = "640", height = "400"] = /(\d{2,4})x(\d{2,4})/.exec(address) ?? [];
  const hue = [...address].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 255, 7);
  return `/stand-in/${Math.min(1600, width)}x${Math.min(1600, height)}-${hue}.png`;
}

const drawn = new Map();

function picture(path, response) {
  const [, width, height, hue] = (/(\d+)x(\d+)-(\d+)/.exec(path) ?? [0, 64, 64, 0]).map(Number);
  let bytes = drawn.get(path);
  if (!bytes) {
    // Coarse grain over a slope: about as many bytes as a photograph of that size.
    const png = new PNG({ width, height });
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const grain =
          (Math.imul((x >> 2) * 73_856_093 + (y >> 2) * 19_349_663 + hue, 2_654_435_761) >>> 27) & 31;
        png.data.set([hue, (x * 200) / width + grain, (y * 200) / height + grain, 255], (y * width + x) * 4);
      }
    bytes = PNG.sync.write(png);
    drawn.set(path, bytes);
  }
  sent(response, bytes, ".png");
}
