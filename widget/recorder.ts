/**
 * The recorder as a shared page uses it: the parts that our settings never reach are left out of its
 * chunk, and two lines that a strict store would notice are said another way.
 *
 * Nothing else of the package is changed. Each change must find its place exactly once: another version
 * of the recorder fails the build and not the page.
 */
import type { Plugin } from "vite";

/** Characters of a block: more is another one's end. */
const BLOCK_MAX = 900;
const NOTHING = "() => () => {}";

/** Declarations of the file's own level, and what stands for them. */
const INSTEAD: Record<string, string> = {
  // `recordCanvas` is off: no canvas is read, by frames or by commands.
  "class CanvasManager": "class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }",
  // `recordCrossOriginIframes` is off.
  "class CrossOriginIframeMirror": "class CrossOriginIframeMirror {}",
  // For documents that are no documents.
  "class BaseRRNode": "class BaseRRNode {}",
  // What the page's filter drops anyway.
  "function initMediaInteractionObserver": `const initMediaInteractionObserver = ${NOTHING};`,
  "function initSelectionObserver": `const initSelectionObserver = ${NOTHING};`,
  "function initCustomElementObserver": `const initCustomElementObserver = ${NOTHING};`,
  // `collectFonts` is off, there are no hooks.
  "function initFontObserver": `const initFontObserver = ${NOTHING};`,
  "function mergeHooks": "const mergeHooks = () => {};",
  "function slimDOMDefaults": "const slimDOMDefaults = () => ({ headWhitespace: true });",
  // Texts are the filter's affair too.
  "function needMaskingText": "const needMaskingText = () => false;",
  // The filter reads style elements piece by piece itself, and takes no set of sources.
  "function normalizeCssString": "",
  "function splitCssText": "const splitCssText = (cssText) => [cssText];",
  "function getAbsoluteSrcsetString": "const getAbsoluteSrcsetString = (_, value) => value;",
  // `inlineStylesheet` is off.
  "function onceStylesheetLoaded": "const onceStylesheetLoaded = () => {};",
  // What the filter would make an empty box of: a link that may become a style sheet stays.
  "function slimDOMExcluded": `function slimDOMExcluded({ type, tagName, attributes: { name, charset, rel, as } = {} }) {
    return type === NodeType.Comment || tagName === "script" ||
      (tagName === "meta" && !charset && name !== "viewport") ||
      (tagName === "link" && (as === "script" || /icon|modulepreload|prefetch|preconnect/.test(rel)));
  }`,
};

/** Methods of `IframeManager` that hear of frames of another origin. */
const METHODS = [
  "handleMessage(message)",
  "transformCrossOriginEvent(iframeEl, e)",
  "replace(iframeMirror, obj, iframeEl, keys)",
  "replaceIds(obj, iframeEl, keys)",
  "replaceStyleIds(obj, iframeEl, keys)",
  "replaceIdOnNode(node, iframeEl)",
  "patchRootIdOnNode(node, rootId)",
];

/** Blocks inside of functions, from their first line to their last. */
const BLOCKS: [from: string, to: string, instead: string][] = [
  // Nothing is recorded for a parent, packed, or changed by plugins, and no snapshot comes by a count.
  ["const inEmittingFrame =", ";\n", "const inEmittingFrame = true;\n"],
  ["const eventProcessor = (e) => {", "return e;\n  };", "const eventProcessor = (e) => e;"],
  ["      incrementalSnapshotCount++;", "takeFullSnapshot(true);\n      }\n", ""],
  ["plugins: ((_a2 = plugins", "}))) || []", "plugins: []"],
  ["record.addCustomEvent = (tag", "\n};\n", ""],
];

const LINES: [string, string][] = [
  // A style attribute is refused by a strict policy, and reported; the same text by the object model is not.
  ['old.setAttribute("style", m.oldValue);', "old.style.cssText = m.oldValue;"],
  ['if (typeof window !== "undefined" && window.Proxy && window.Reflect) {', "if (false) {"],
  ['if (tagName === "canvas" && recordCanvas) {', "if (false) {"],
  ['if (tagName === "img" && inlineImages) {', "if (false) {"],
];

export function trimmed(code: string): string {
  let left = code;
  const change = (what: string, pattern: RegExp | string, to: string) => {
    const found = left.split(pattern).length - 1;
    if (found !== 1) throw new Error(`recorder: expected \`${what}\` once, found it ${found} times`);
    left = left.replace(pattern, () => to);
  };
  for (const [head, to] of Object.entries(INSTEAD))
    change(head, new RegExp(`^${head}\\b.*\\n(?:(?!\\}$).*\\n)*\\}$`, "m"), to);
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
  // A plain field is a plain assignment.
  return left
    .replace(/\b__publicField\(this, "(\w+)"\);/g, "this.$1 = void 0;")
    .replace(/\b__publicField\(this, "(\w+)", /g, "(this.$1 = ");
}

export const trimRecorder: Plugin = {
  name: "trim-recorder",
  transform(code, id) {
    return /@rrweb.record.dist.record\.js$/.test(id) ? { code: trimmed(code), map: null } : undefined;
  },
};
