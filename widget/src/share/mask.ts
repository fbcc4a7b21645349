/**
 * What of a page is secret, masked, left out or shown, and the constants that stand in its place.
 *
 * The classes are tried in the order of {@link ranks}: the first that matches wins. A mask never
 * tells how long the value was. What was typed into a secret field of this document is remembered
 * here, in memory only, so that an error message cannot echo it.
 */
import type { ShareSettings } from "../shared/protocol";
import type { Rank } from "./contract";

/** Stands for every value and text that is not told. */
export const MASK = "••••••";

/** Fields remembered, and values of each. */
const ECHOES_MAX = 20;
const ECHO_LENGTH_MIN = 3;
/** From this length on a value is looked for inside words too. */
const ECHO_INSIDE_MIN = 5;
const LABEL_LENGTH_MAX = 200;
const LABELS_MAX = 4;

const AUTOCOMPLETE = /(?:^|\s)(?:cc-|one-time-code|\S*-?password)/i;
/** Read in words of letters and digits without accents: "cardNumber" is "card number". */
const SPEAKS_OF_SECRETS = new RegExp(
  `\\b(?:${[
    "cards?(?:no|num\\w*|holder\\w*|code|exp\\w*|cv\\w)?",
    "(?:num|numero|no)?cartes?",
    "cc ?(?:n|no|num\\w*|exp\\w*|cvc|cvv|csc|name)",
    "c[vs][vc]\\d?|cvn|cryptogram\\w*|expir\\w*|exp (?:date|month|year)|(?:mm|month) ?(?:aa|yy|year)",
    "iban|rib|bic|account (?:number|no)|numero de compte|routing|sort code",
    "pass ?(?:word|wd|code|phrase)\\w*|motdepasse|mot de passe|pwd|mdp|pin|secrets?|secrete",
    "otp|totp|one time|onetimecode|usage unique|[2tm]fa",
    "(?:security|verification|confirmation|sms|authentication) ?code",
    "code ?(?:de )?(?:securite|verification|confirmation|validation|sms)",
    "ssn|social security|securite sociale|numero de secu|nir|nss|passports?|passeports?|tokens?",
  ].join("|")})\\b`,
);

/** Lower-case words without accents. */
const words = (text: string) =>
  text
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, " ");

const speaksOfSecrets = (text: string): boolean => SPEAKS_OF_SECRETS.test(words(text));

/** Runs of digits as cards are written, and the windows of them that begin and end at a gap. */
const DIGITS = /\d(?:[ \u00a0\u202f.-]?\d){12,60}/g;
const IBAN = /\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f-]?[A-Z\d]){11,40}/gi;

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 ? (digit * 2) % 9 || (digit ? 9 : 0) : digit;
  }
  return sum % 10 === 0;
}

const mod97 = (iban: string) =>
  [...(iban.slice(4) + iban.slice(0, 4)).toUpperCase()].reduce(
    (rest, char) => Number(`${rest}${Number.parseInt(char, 36)}`) % 97,
    0,
  );

function holdsCard(run: string): boolean {
  const parts = run.split(/\D/);
  return parts.some((_, from) => {
    let digits = "";
    return parts.slice(from).some((part) => {
      digits += part;
      return digits.length > 12 && digits.length < 20 && luhn(digits);
    });
  });
}

function holdsIban(run: string): boolean {
  const parts = run.split(/[^A-Z\d]/i);
  for (; parts.length; parts.pop()) {
    const iban = parts.join("");
    if (iban.length > 14 && iban.length < 35 && mod97(iban) === 1) return true;
  }
  return false;
}

/** Card numbers and IBANs give way to the mask. */
const maskNumbers = (text: string): string =>
  /\d/.test(text)
    ? text
        .replace(IBAN, (run) => (holdsIban(run) ? MASK : run))
        .replace(DIGITS, (run) => (holdsCard(run) ? MASK : run))
    : text;

const { matches, closest } = Element.prototype;
const parent = Object.getOwnPropertyDescriptor(Node.prototype, "parentElement")?.get;
/** Not by the element's own: a form has its fields in the place of these, where they are called so. */
export const is = (element: Element, selector: string): boolean => matches.call(element, selector);
export const near = (element: Element, selector: string): Element | null => closest.call(element, selector);
export const parentOf = (element: Element): Element | null => parent?.call(element) ?? null;

/** The element, then what it stands in: through shadow roots and frames of the same origin. */
export function upTo(element: Element | null, selector: string): Element | null {
  for (let at = element; at; at = outOf(at)) {
    const hit = near(at, selector);
    if (hit) return hit;
  }
  return null;
}

/** What the element's tree stands in: the shadow root's host, or the frame. */
export function outOf(element: Element): Element | null {
  const root = element.getRootNode() as Partial<ShadowRoot> & Partial<Document>;
  // Asked first: the way to a frame is dear, and nearly everything is in the page itself.
  return root === document ? null : (root.host ?? frameOf(root.defaultView));
}

function frameOf(view: Window | null | undefined): Element | null {
  try {
    return view?.frameElement ?? null;
  } catch {
    return null;
  }
}

const CHOICES = /^(?:radio|checkbox|range)$/;
const BUTTONS = /^(?:submit|button|reset|image)$/;
const INVISIBLE = /^(?:noscript|template|script|object|embed)$/;
/** Where text is typed that is no value. */
export const EDITABLE = "[contenteditable]:not([contenteditable=false i]),textarea";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isField = (element: Element): element is Field =>
  /^(?:input|textarea|select)$/.test(element.localName);

/** As the attribute says it, in lower case: the property can be shadowed by a form's own field. */
export const typeOf = (element: Element): string =>
  element.localName === "input" ? (element.getAttribute("type") ?? "text").toLowerCase() : "";

export interface Ranks {
  rank(element: Element): Rank;
  /** A form with a secret field: nothing of its fields is shown. */
  formHoldsSecret(element: Element): boolean;
  /** Whether its options and checked states are hidden too. */
  hidesChoices(element: Element): boolean;
  scrubText(text: string): string;
  /** It is, or ever was, a field of a password. */
  wasPassword(field: Element): boolean;
  /** A value was seen in a field: a secret one must not be echoed by a text. */
  heard(field: Element): void;
  /** What was found out of fields and forms is asked again. */
  refresh(): void;
  /** Selectors: what has no text at all, what is not there, what is shown as it is. */
  readonly masked: string;
  readonly blocked: string;
  readonly revealed: string;
}

/**
 * Selectors of a site beside our own mark; one that this browser cannot read stands for `otherwise`: the
 * merchant meant to hide something, so the whole page is hidden rather than too little of it.
 */
function selector(doc: Document, mark: string, theirs: readonly string[], otherwise?: string): string {
  const readable = theirs.map((one) => {
    try {
      doc.createDocumentFragment().querySelector(one);
      return one.trim();
    } catch {
      return otherwise;
    }
  });
  return [mark, ...readable].filter(Boolean).join();
}

export function ranks(doc: Document, settings: ShareSettings): Ranks {
  const masked = selector(doc, "[data-comptoir-mask]", settings.mask, ":root");
  const blocked = selector(doc, "[data-comptoir-block]", settings.block, "body > *");
  const revealed = selector(doc, "[data-comptoir-show]", settings.reveal);
  const wasPassword = new WeakSet<Element>();
  let secrets = new Map<Element, boolean>();
  const echoes = echoesOf();

  const isPassword = (field: Element) => {
    if (typeOf(field) === "password") wasPassword.add(field);
    return wasPassword.has(field) || field.hasAttribute("data-rr-is-password");
  };
  for (const field of doc.querySelectorAll("input[type=password i]")) wasPassword.add(field);

  /** By what it is and is called; where it stands is another matter. */
  const isSecretField = (field: Element) => {
    const type = typeOf(field);
    return (
      isPassword(field) ||
      AUTOCOMPLETE.test(field.getAttribute("autocomplete") ?? "") ||
      (!CHOICES.test(type) && !BUTTONS.test(type) && type !== "hidden" && isNamedSo(field))
    );
  };

  const once = (element: Element, decide: () => boolean) => {
    const known = secrets.get(element) ?? decide();
    secrets.set(element, known);
    return known;
  };

  const isSecret = (element: Element) =>
    once(
      element,
      () =>
        ((isField(element) || is(element, EDITABLE)) && isSecretField(element)) || !!upTo(element, masked),
    );

  const formHoldsSecret = (element: Element) => {
    const form = is(element, "form")
      ? element
      : ((element as HTMLInputElement).form ?? near(element, "form"));
    return (
      !!form &&
      once(form, () =>
        [...Element.prototype.querySelectorAll.call(form, "input,textarea,select")].some(
          (field) => typeOf(field) !== "hidden" && isSecret(field),
        ),
      )
    );
  };

  const rank = (element: Element): Rank => {
    if (isSecret(element)) return "secret";
    const type = typeOf(element);
    const { localName } = element;
    if (type === "hidden" || INVISIBLE.test(localName) || upTo(element, blocked)) return "dropped";
    if (localName === "iframe" && !(element as HTMLIFrameElement).contentDocument) return "dropped";
    const choice = localName === "select" || CHOICES.test(type);
    const typed = isField(element) ? !BUTTONS.test(type) : !!upTo(element, EDITABLE);
    if (!typed) return "shown";
    if (isField(element) && formHoldsSecret(element)) return "masked";
    if (settings.show === "all" || upTo(element, revealed)) return "shown";
    return choice && settings.show === "choices" ? "shown" : "masked";
  };

  return {
    rank,
    formHoldsSecret,
    wasPassword: isPassword,
    hidesChoices: (element) => rank(element) !== "shown",
    scrubText: (text) => echoes.scrub(maskNumbers(text)),
    heard(field) {
      if (isField(field) && typeOf(field) !== "hidden" && isSecret(field)) echoes.heard(field);
    },
    refresh() {
      secrets = new Map();
    },
    masked,
    blocked,
    revealed,
  };
}

/** Whether what a field is called speaks of a secret. */
function isNamedSo(field: Element): boolean {
  const root = field.getRootNode() as Document;
  const ids = (field.getAttribute("aria-labelledby") ?? "").split(/\s+/).slice(0, LABELS_MAX);
  const said = [
    ...["name", "id", "placeholder", "aria-label", "title"].map((name) => field.getAttribute(name)),
    ...[...((field as HTMLInputElement).labels ?? [])].slice(0, LABELS_MAX).map((label) => label.textContent),
    ...ids.map((id) => id && root.getElementById?.(id)?.textContent),
  ];
  return said.some((text) => text && speaksOfSecrets(text.slice(0, LABEL_LENGTH_MAX)));
}

/** Values typed into secret fields: the longest of each typing, in memory only. */
function echoesOf() {
  const heard = new Map<Element, string[]>();
  return {
    heard(field: Field) {
      const value = field.value.trim();
      if (value.length < ECHO_LENGTH_MIN) return;
      const before = heard.get(field) ?? [];
      const last = before.at(-1) ?? "";
      if (last.startsWith(value)) return;
      if (last && value.startsWith(last)) before.pop();
      heard.set(field, [...before, value].slice(-ECHOES_MAX));
      if (heard.size > ECHOES_MAX) heard.delete([...heard.keys()][0] as Element);
    },
    scrub(text: string) {
      let left = text;
      for (const value of [...heard.values()].flat()) {
        if (!left.includes(value)) continue;
        const escaped = value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
        // A short one, like the three digits of a card, only where it stands alone.
        const alone =
          value.length < ECHO_INSIDE_MIN ? ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"] : ["", ""];
        left = left.replace(new RegExp(alone.join(escaped), "gu"), MASK);
      }
      return left;
    },
  };
}
