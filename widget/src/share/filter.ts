/**
 * The one door: what may leave of each event of the recorder, masked and stripped.
 *
 * The policy of what is secret is in mask.ts, of what exists in the picture in strip.ts, of styles
 * and pictures in assets.ts. The recorder's own options protect nothing here, but these must be set
 * so: `inlineStylesheet: false` (sheets travel as they were written) and `slimDOMOptions` as it is.
 */
import type { eventWithTime, incrementalData, mutationData } from "@rrweb/types";
import { interactions, unshared } from "../shared/allowed.json";
import type { PageLack, ShareSettings } from "../shared/protocol";
import type { Pictures } from "./assets";
import type { NodeMirror, PageFilter } from "./contract";
import {
  ADOPTED,
  DECLARATION,
  DOCUMENT,
  DRAG,
  FULL,
  INCREMENT,
  INPUT,
  INTERACTION,
  META,
  MOUSE_MOVE,
  MUTATION,
  RESIZE,
  RULES,
  SCROLL,
  TOUCH_MOVE,
} from "./kinds";
import { labelOf } from "./label";
import { ranks as ranksOf } from "./mask";
import { type Attributes, type Here, OUTSIDE, stripper } from "./strip";
import { scrubUrl } from "./urls";

const INTERACTIONS = interactions.split(" ");

export function pageFilter(
  doc: Document,
  settings: ShareSettings,
  pictures: Pictures,
  mirror: NodeMirror,
  signal: AbortSignal,
): PageFilter {
  const ranks = ranksOf(doc, settings);
  const strip = stripper(mirror, ranks, pictures, settings.show === "all");
  for (const type of ["input", "change"])
    doc.addEventListener(type, (event) => heard(event.composedPath()[0]), {
      capture: true,
      passive: true,
      signal,
    });
  const heard = (field: EventTarget | undefined) => {
    if (field instanceof Element) ranks.heard(field);
  };

  pictures.judge((element) => {
    strip.forget();
    const here = strip.inside(element);
    return !!here && !here.hidden;
  });

  const elementOf = (id: number) => {
    const node = mirror.getNode(id);
    return node?.nodeType === 1 ? (node as Element) : null;
  };

  /** Inside what is added to: a shadow host, an element, or the frame of a document. */
  const insideOf = (id: number): Here | undefined => {
    const node = mirror.getNode(id);
    if (node === doc) return OUTSIDE;
    const element = node?.nodeType === 9 ? (node as Document).defaultView?.frameElement : elementOf(id);
    return element ? strip.inside(element) : undefined;
  };

  const mutation = (data: mutationData): mutationData | undefined => {
    const parents = new Map<number, Here | undefined>();
    const attached: mutationData["attributes"] = [];
    const adds = data.adds.flatMap(({ parentId, nextId, node }) => {
      if (!parents.has(parentId)) parents.set(parentId, insideOf(parentId));
      const here = parents.get(parentId);
      if (!here) return [];
      if (node.type === DOCUMENT) attached.push({ id: parentId, attributes: { [unshared]: null } });
      return [{ parentId, nextId, node: strip.node(node, here) }];
    });
    const texts = data.texts.flatMap(({ id, value }) => {
      const node = mirror.getNode(id);
      const parent = node?.parentElement ?? ((node?.parentNode as ShadowRoot | undefined)?.host || null);
      const here = parent && strip.inside(parent);
      if (!here) return [];
      return [{ id, value: node?.nodeType === 3 ? strip.text(value ?? "", parent, here) : "" }];
    });
    const attributes = data.attributes.flatMap(({ id, attributes: recorded }) => {
      const element = elementOf(id);
      const here = element && strip.inside(element);
      if (!here) return [];
      const kept = strip.attributes(element, recorded as Attributes, here) as typeof recorded;
      return Object.keys(kept).length ? [{ id, attributes: kept }] : [];
    });
    attributes.push(...attached);
    const removes = data.removes.map(({ parentId, id, isShadow }) => ({
      parentId,
      id,
      ...(isShadow && { isShadow }),
    }));
    if (adds.length + texts.length + attributes.length + removes.length === 0) return undefined;
    const { source, isAttachIframe } = data;
    return { source, adds, texts, attributes, removes, ...(isAttachIframe && { isAttachIframe }) };
  };

  const masks = new WeakMap<Element, string>();
  const input = (id: number, text: string, isChecked: boolean) => {
    const field = elementOf(id);
    if (!field || !strip.inside(field)) return undefined;
    ranks.heard(field);
    const rank = ranks.rank(field);
    if (rank === "dropped") return undefined;
    let told = strip.value(field, text);
    if (field.localName === "select") {
      const option = (field as HTMLSelectElement).selectedOptions?.[0];
      if (rank !== "shown" || !option) return undefined;
      told = String(mirror.getId(option));
    } else if (/^(?:radio|checkbox)$/i.test(field.getAttribute("type") ?? "")) told = "";
    // Each letter of a masked value would look the same: how many there were is not told either.
    if (rank !== "shown" && masks.get(field) === told) return undefined;
    masks.set(field, told);
    return { source: INPUT, id, text: told, isChecked: isChecked && rank === "shown" };
  };

  const incremental = (data: incrementalData): incrementalData | undefined => {
    switch (data.source) {
      case MUTATION:
        return mutation(data);
      case MOUSE_MOVE:
      case TOUCH_MOVE:
      case DRAG: {
        const positions = data.positions
          .filter(({ id }) => id > 0)
          .map(({ x, y, id, timeOffset }) => ({ x, y, id, timeOffset }));
        return positions.length ? ({ source: data.source, positions } as incrementalData) : undefined;
      }
      case INTERACTION: {
        const { source, type, id, x = 0, y = 0, pointerType } = data;
        if (id < 1 || !INTERACTIONS.includes(String(type))) return undefined;
        return { source, type, id, x, y, ...(pointerType !== undefined && { pointerType }) };
      }
      case SCROLL:
        return data.id > 0 ? { source: data.source, id: data.id, x: data.x, y: data.y } : undefined;
      case RESIZE:
        return { source: data.source, width: data.width, height: data.height };
      case INPUT:
        return input(data.id, data.text, data.isChecked);
      case RULES:
      case DECLARATION:
      case ADOPTED:
        return pictures.rules(data);
      default:
        return undefined;
    }
  };

  const filtered = (event: eventWithTime): eventWithTime | undefined => {
    const { timestamp } = event;
    strip.forget();
    ranks.refresh();
    switch (event.type) {
      case META: {
        const { href, width, height } = event.data;
        return { type: event.type, data: { href: scrubUrl(href), width, height }, timestamp };
      }
      case FULL: {
        const { node, initialOffset } = event.data;
        const { left, top } = initialOffset;
        return {
          type: event.type,
          data: { node: strip.node(node, OUTSIDE), initialOffset: { left, top } },
          timestamp,
        };
      }
      case INCREMENT: {
        const data = incremental(event.data);
        return data && { type: event.type, data, timestamp };
      }
      default:
        return undefined;
    }
  };

  return {
    event(event) {
      try {
        return filtered(event);
      } catch {
        // A page can be stranger than we know; what we cannot judge does not leave.
        return undefined;
      }
    },
    rank: (element) => {
      ranks.refresh();
      return ranks.rank(element);
    },
    formHoldsSecret: (element) => {
      ranks.refresh();
      return ranks.formHoldsSecret(element);
    },
    label: (element) => labelOf(element, ranks),
    scrubUrl,
    scrubText: ranks.scrubText,
    lacks: () => lacksOf(doc, pictures),
  };
}

function lacksOf(doc: Document, pictures: Pictures): PageLack[] {
  const lacks: PageLack[] = [];
  if (pictures.lacksStyles()) lacks.push("foreign_styles");
  if ([...doc.querySelectorAll("iframe")].some((frame) => !frame.contentDocument))
    lacks.push("foreign_frames");
  if (doc.querySelector("canvas")) lacks.push("canvas");
  if (doc.querySelector("video")) lacks.push("video");
  return lacks;
}
