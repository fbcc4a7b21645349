/**
 * The recorder as a shared page uses it: what our settings never reach is left out of its chunk, and
 * lines that a strict store would notice are said another way.
 *
 * What is recorded stays as the package does it. Each change must find its place exactly once: another
 * version of the recorder fails the build and not the page.
 */
import type { Plugin } from "vite";

/** Characters of a block: more is another one's end. */
const BLOCK_MAX = 3_000;

/** Tables of numbers: read as the numbers themselves. The last is also read by a name in a variable. */
const TABLES = ["EventType", "IncrementalSource", "PointerTypes", "NodeType", "MouseInteractions"];

const ARRAY_FROM = "const arrayFrom = (list, map) => (map ? [...list].map(map) : [...list]);\n";

/** Declarations of the file's own level, and what stands for them. */
const INSTEAD: Record<string, string> = {
  // `recordCanvas` is off: no canvas is read, by frames or by commands.
  "class CanvasManager": "",
  "const blob": "",
  "var chars": "",
  "var lookup": "",
  "for (var i": "",
  // `recordCrossOriginIframes` is off.
  "class CrossOriginIframeMirror": "",
  // For documents that are no documents, and for old browsers.
  "class BaseRRNode": "",
  "function polyfill": "",
  "function mergeHooks": "",
  "function hasShadowRoot": "const hasShadowRoot = (node) => !!node && !!index.shadowRoot(node);",
  // Nobody asks what a function was before.
  "function patch": `function patch(source, name, replacement) {
    let restore = () => {};
    try {
      const original = source[name];
      if (!original) return restore;
      source[name] = replacement(original);
      restore = () => { source[name] = original; };
    } catch {}
    return restore;
  }`,
  // Always led; its callers never ask for what it was called on.
  "function throttle": `function throttle(func, wait, { trailing = true } = {}) {
    let timer;
    let previous = 0;
    return (...args) => {
      const now = Date.now();
      const remaining = wait - (now - previous);
      const run = (at) => {
        clearTimeout(timer);
        timer = 0;
        previous = at;
        func(...args);
      };
      if (remaining <= 0 || remaining > wait) run(now);
      else if (trailing) timer ||= setTimeout(() => run(Date.now()), remaining);
    };
  }`,
  // There is no handler of our own for what goes wrong.
  "const callbackWrapper": "const callbackWrapper = (call) => call;",
  "function registerErrorHandler": "",
  "function unregisterErrorHandler": "",
  // Each kind of change that the page's filter lets through, and no other.
  "function initObservers": `function initObservers(o) {
    const win = o.doc.defaultView;
    if (!win) return () => {};
    const [observer, clean] = initMutationObserver(o, o.doc);
    const handlers = [initMoveObserver, initMouseInteractionObserver, initScrollObserver, initInputObserver].map((init) => init(o));
    handlers.push(
      initViewportResizeObserver(o, { win }), initStyleSheetObserver(o, { win }),
      initAdoptedStyleSheetObserver(o, o.doc), initStyleDeclarationObserver(o, { win }),
    );
    return () => {
      mutationBuffers.forEach((buffer) => buffer.reset());
      observer.disconnect();
      clean();
      handlers.forEach((stop) => stop());
    };
  }`,
  "function slimDOMDefaults": "",
  "function getWindowScroll": `function getWindowScroll(win) {
    const { scrollLeft: left = 0, scrollTop: top = 0 } = win.document.scrollingElement ?? {};
    return { left, top };
  }`,
  "function getWindowHeight": "const getWindowHeight = () => innerHeight;",
  "function getWindowWidth": "const getWindowWidth = () => innerWidth;",
  "function getEventTarget": "const getEventTarget = (event) => event.composedPath?.()[0] ?? event.target;",
  // A part of the document itself keeps its address.
  "function absolutifyURLs": `function absolutifyURLs(cssText, href) {
    return (cssText || "").replace(URL_IN_CSS_REF, (all, quote1, path1, quote2, path2, path3) => {
      const path = path1 || path2 || path3;
      const quote = quote1 || quote2 || "";
      if (!path || /^(?:#|data:)|["'\\s\\\\]/.test(path) || !URL.canParse(path, href)) return all;
      return "url(" + quote + new URL(path, href).href + quote + ")";
    });
  }`,
  "function needMaskingText": "",
  "function maskInputValue": `function maskInputValue({ maskInputOptions, tagName, type, value }) {
    const text = value || "";
    return maskInputOptions[toLowerCase(tagName)] || maskInputOptions[type] ? "*".repeat(text.length) : text;
  }`,
  // The filter reads style elements piece by piece itself, and takes no set of sources.
  "function splitCssText": "const splitCssText = (cssText) => [cssText];",
  "function getAbsoluteSrcsetString": "const getAbsoluteSrcsetString = (_, value) => value;",
  // By a selector, never by a class.
  "function _isBlockedElement": "const _isBlockedElement = isBlocked;",
  "function isBlocked": `function isBlocked(node, selector, deep) {
    const element = closestElementOfNode(node);
    const { closest, matches } = Element.prototype;
    return !!element && (deep ? closest : matches).call(element, selector);
  }`,
  // What the filter would make an empty box of: a link that may become a style sheet stays.
  "function slimDOMExcluded": `function slimDOMExcluded({ type, tagName, attributes: { name, charset, rel, as } = {} }) {
    return type === NodeType.Comment || tagName === "script" ||
      (tagName === "meta" && !charset && name !== "viewport") ||
      (tagName === "link" && (as === "script" || /icon|modulepreload|prefetch|preconnect/.test(rel)));
  }`,
};

/** Methods that hear of frames of another origin, of frozen pages, or of nothing. */
const METHODS = [
  "handleMessage(message)",
  "transformCrossOriginEvent(iframeEl, e)",
  "replace(iframeMirror, obj, iframeEl, keys)",
  "replaceIds(obj, iframeEl, keys)",
  "replaceStyleIds(obj, iframeEl, keys)",
  "replaceIdOnNode(node, iframeEl)",
  "patchRootIdOnNode(node, rootId)",
  "addIframe(iframeEl)",
  "freeze()",
  "unfreeze()",
  "isFrozen()",
  "getIds()",
  "replace(id, n)",
  "getStyle(id)",
  "generateId()",
  "attachLinkElement(linkEl, childSn)",
  "trackLinkElement(linkEl)",
  "trackStylesheetInLinkElement(_linkEl)",
  "destroy()",
];

/** Blocks inside of functions, from their first line to their last. */
const BLOCKS: [from: string, to: string, instead: string][] = [
  // Nothing is recorded for a parent, packed, or changed by plugins, and no snapshot comes by a count.
  ["  const inEmittingFrame =", "sampling.mousemove = mousemoveWait;\n  }\n", ""],
  ["  let lastFullSnapshotEvent;", "return e;\n  };\n", ""],
  [
    "    var _a2;\n    const e = r;",
    "takeFullSnapshot(true);\n      }\n    }\n",
    "    r.timestamp = nowTimestamp();\n    emit(r);\n",
  ],
  ["  for (const plugin of plugins || []) {\n    if (plugin.getMirror)", "});\n  }\n", ""],
  ["plugins: ((_a2 = plugins", "}))) || []", ""],
  // The page keeps its own `Array.from`, whatever that does; the recorder has another.
  ["try {\n  if (Array.from([1]", 'console.debug("Unable to override Array.from", err);\n}\n', ARRAY_FROM],
  ["record.addCustomEvent = (tag", "\n};\n", ""],
  ["          console.warn(\n            \"Couldn't record", ");\n", ""],
  ["record.freezePage = ()", "\n};\n", ""],
  // Passwords are masked here too, before the filter does it.
  [
    "  mirror.reset();\n",
    "{ password: true };\n",
    "  mirror.reset();\n  const maskInputOptions = { password: true };\n",
  ],
  [
    "  const maskInputOptions = maskAllInputs === true",
    "} : maskAllInputs;\n",
    "  const maskInputOptions = maskAllInputs;\n",
  ],
  // Texts are the filter's affair.
  ["  if (!needsMask) {\n    const checkAncestors", "    );\n  }\n", ""],
  ["value: needMaskingText(", ": value,\n", "value,\n"],
  // `recordCanvas` and `inlineImages` are off.
  ['  if (tagName === "canvas" && recordCanvas) {', '"load", recordInlineImage);\n  }\n', ""],
  ["  canvasManager = new CanvasManager({", "});\n", ""],
  ["  const wrappedCanvasMutationEmit", "});\n", ""],
  ["          mediaInteractionCb:", "}),\n", ""],
  ["          fontCb:", "}),\n", ""],
  ["          selectionCb:", "});\n          },\n", ""],
  ["          customElementCb:", "});\n          },\n", ""],
  // `inlineStylesheet` is off.
  [
    '  if (serializedNode.type === NodeType.Element && serializedNode.tagName === "link"',
    "stylesheetLoadTimeout\n    );\n  }\n",
    "",
  ],
  // Nothing is played.
  ['  if (["audio", "video"].includes(tagName)) {', "n.volume;\n  }\n", ""],
  ["      onStylesheetLoad: (linkEl, childSn) => {", "},\n", ""],
  ["          onStylesheetLoad: (link, childSn) => {", "},\n", ""],
  // Frames of another origin are not recorded.
  ["    this.crossOriginIframeStyleMirror = new", ");\n", ""],
  ["    if (this.recordCrossOriginIframes)\n", ");\n", ""],
  ["    if (this.recordCrossOriginIframes) {\n", "}\n", ""],
  // All options of a buffer are its fields.
  ['    [\n      "mutationCb",', "});\n", "    Object.assign(this, options);\n"],
  ["    if (isSerializedIframe(n, mirror)) {", "}\n", ""],
  ["        if (isSerializedIframe(currentN, this.mirror)) {", "}\n", ""],
  ["        if (isSerializedStylesheet(n, mirror)) {", "}\n", ""],
  ["            if (isSerializedStylesheet(currentN, this.mirror)) {", "}\n", ""],
  ['  if (tagName === "link" && inlineStylesheet) {', "_cssText = cssText;\n    }\n  }\n", ""],
  ["  if (!isStyle && !isScript && textContent2 && needsMask) {", "}\n", ""],
  ["    if (!recordDOM) {", "}\n", ""],
  ["    if (target.classList.contains(ignoreClass)", "}\n", ""],
  ['      handlers.push(\n        on(\n          "load",', "window\n        )\n      );\n", ""],
  ["          wrappedEmit({\n            type: EventType.DomContentLoaded", "});\n", ""],
];

const LINES: [string, string][] = [
  // The store's console is the store's.
  ['    console.warn(n, "not serialized");\n', ""],
  ['return console.warn("Failed to snapshot the document");', "return;"],
  // A name may hold what ends a string of a selector: the fault would stand in the store's console.
  ['{name}"]`', '{CSS.escape(name)}"]`'],
  // A field of a form may be called like what the form has.
  [
    "const len = n.attributes.length;",
    'const given = getUntaintedAccessor("Element", n, "attributes");\n  const len = given.length;',
  ],
  ["const attr = n.attributes[i];", "const attr = given[i];"],
  // A style attribute is refused by a strict policy, and reported; the same text by the object model is not.
  ['old.setAttribute("style", m.oldValue);', "old.style.cssText = m.oldValue;"],
  ['if (typeof window !== "undefined" && window.Proxy && window.Reflect) {', "if (false) {"],
  ["userTriggeredOnInput ? { text, isChecked, userTriggered } : ", ""],
  ["userTriggeredOnInput ? { text: text2, isChecked: !isChecked, userTriggered: false } : ", ""],
  ["  polyfill();\n", ""],
  ["  registerErrorHandler(errorHandler2);\n", ""],
  ["      unregisterErrorHandler();\n", ""],
  ["      processedNodeManager.destroy();\n", ""],
  ["    maskInputOptions: _maskInputOptions,\n", ""],
  ["    maskAllInputs,\n", ""],
  ["    this.canvasManager.lock();\n", ""],
  ["    this.canvasManager.unlock();\n", ""],
  ["    this.canvasManager.reset();\n", ""],
  ["this.wrappedEmit = options.wrappedEmit;", ""],
  ["const { needsMask, maskTextFn, rootId, cssCaptured }", "const { rootId, cssCaptured }"],
  ["let { needsMask } = options;", ""],
  [" && !keepIframeSrcFn(attributes.src)", ""],
  [" && !this.keepIframeSrcFn(value)", ""],
  ["if (slimDOMOptions.headWhitespace && ", "if ("],
  ['if (n.tagName === "TITLE" && slimDOMOptions.headTitleMutations) {', "if (false) {"],
  ["        hooks\n", ""],
  ['if (recordAfter === "DOMContentLoaded") init();', "init();"],
];

/** Options that we do not set, and what serves them alone: what hands them on goes, line by line. */
const UNSET = `blockClass canvasManager canvasMutationCb checkoutEveryNms checkoutEveryNth collectFonts
  crossOriginIframeMap crossOriginIframeMirror crossOriginIframeRootIdMap crossOriginIframeStyleMirror
  dataURLOptions errorHandler hooks iframes ignoreClass ignoreSelector inlineImages inlineStylesheet
  keepIframeSrcFn maskTextClass maskTextFn maskTextSelector maskInputFn mousemoveWait needsMask
  onStylesheetLoad packFn plugins recordAfter recordCanvas recordCrossOriginIframes recordDOM slimDOM
  slimDOMOptions stylesheetLoadTimeout trackedLinkElements userTriggeredOnInput`.split(/\s+/);

/** A line of a list, a field, or a variable of its own: nothing that does anything else. */
const handsOn = (name: string) =>
  new RegExp(
    `^ *(?:"?${name}"?(?: = .*|: (?:(?:this|options)\\.)?\\w+)?,?|__publicField\\(this, "${name}".*\\);|this\\.${name} = .*;|(?:let|const) ${name}\\b.*;)\\n`,
    "gm",
  );

export function trimmed(code: string): string {
  let left = code;
  const change = (what: string, pattern: RegExp | string, to: string, most = 1) => {
    const found = left.split(pattern).length - 1;
    if (found < 1 || found > most)
      throw new Error(`recorder: expected \`${what}\` once, found it ${found} times`);
    left = left.replace(pattern, () => to);
  };
  for (const [head, to] of Object.entries(INSTEAD))
    change(
      head,
      new RegExp(`^${head.replace("(", "\\(")}\\b.*?(?:;|\\n(?:(?!\\};?$).*\\n)*\\};?)$`, "m"),
      to,
    );
  for (const head of METHODS)
    change(
      head,
      new RegExp(`^  ${head.replace(/[()]/g, "\\$&")} \\{\\n(?:(?!  \\}$).*\\n)*  \\}\\n`, "m"),
      "",
    );
  for (const [from, to, instead] of BLOCKS) {
    const start = left.indexOf(from);
    const end = left.indexOf(to, start) + to.length;
    change(from, from, from);
    if (end < to.length || end - start > BLOCK_MAX) throw new Error(`recorder: no end of \`${from}\``);
    left = left.slice(0, start) + instead + left.slice(end);
  }
  for (const [from, to] of LINES) change(from, from, to);
  for (const name of UNSET) change(name, handsOn(name), "", Number.POSITIVE_INFINITY);
  left = left.replace(/(?:this\.)?blockClass, /g, "").replace(/, (?:this\.)?slimDOMOptions\)/g, ")");
  for (const table of TABLES) {
    const pattern = new RegExp(
      `^var ${table} = .*\\n(?:.*\\] = ".*\\n)*.*\\n\\}\\)\\(${table} \\|\\| \\{\\}\\);$`,
      "m",
    );
    const rows = [...(pattern.exec(left)?.[0] ?? "").matchAll(/\["(\w+)"\] = (\d+)/g)];
    const number = Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)]));
    const read = new RegExp(`\\b${table}\\.(\\w+)`, "g");
    change(table, pattern, `const ${table} = ${JSON.stringify(number)};`);
    left = left.replace(read, (_, name) => String(number[name]));
  }
  return left
    .replace(/\bArray\.from\(/g, "arrayFrom(")
    .replace(/\b__publicField\(this, "(\w+)"\);/g, "")
    .replace(/\b__publicField\(this, "(\w+)", /g, "(this.$1 = ");
}

export const trimRecorder: Plugin = {
  name: "trim-recorder",
  transform(code, id) {
    return /@rrweb.record.dist.record\.js$/.test(id) ? { code: trimmed(code), map: null } : undefined;
  },
};
