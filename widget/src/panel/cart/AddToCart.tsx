/**
 * "Add to cart" under a product: the card is read again first, and what is not
 * as it was sent is shown and asked before anything is added. Drawn only where
 * the page has a cart that takes it; how, is the adapters'.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { money } from "../../shared/format";
import { Icon } from "../../shared/icon";
import { check } from "../../shared/icons";
import type { CardNow, ProductCard } from "../../shared/protocol";
import type { SharedKey } from "../../shared/shared-words";
import { cartWords } from "../../words/cart";
import { useAround } from "../around";
import { shopOf } from "./shop";

type State =
  | { type: "ready" }
  | { type: "adding" }
  /** Price or availability are not as they were: does the visitor want it so? */
  | { type: "asks"; now: ProductCard; changed: CardNow["changed"] }
  | { type: "added"; cart: string | undefined }
  | { type: "no"; why: "cart_gone" | "cart_sold_out" | "cart_failed" | "cart_unread" };

interface AddProps {
  /** The card's event. */
  seq: number;
  card: ProductCard;
  /** One of several: the mark names it. */
  compared?: boolean;
  /** In the present conversation; nothing is bought from an earlier one. */
  live: boolean;
}

export function AddToCart(props: AddProps) {
  const { host } = useAround();
  const { card, live } = props;
  if (!live || card.availability === "out_of_stock" || !shopOf(host)) return null;
  return <Adding {...props} />;
}

function Adding({ seq, card, compared = false }: AddProps) {
  const { chat, host, lang, t } = useAround();
  const words = cartWords(lang);
  const [state, become] = useState<State>({ type: "ready" });
  const button = useRef<HTMLButtonElement>(null);
  const question = useRef<HTMLDivElement>(null);
  const before = useRef(state.type);
  // The question takes the focus, so that a second press of the same key answers nothing by itself.
  useEffect(() => {
    if (state.type === "asks") question.current?.focus();
    else if (before.current === "asks") button.current?.focus();
    before.current = state.type;
  }, [state.type]);

  const put = async (now: ProductCard) => {
    become({ type: "adding" });
    try {
      const { add } = await import("./adapters");
      const cart = await add(host, now);
      chat.markCard(seq, "added", compared ? card.product : undefined);
      chat.cartChanged();
      become({ type: "added", cart });
    } catch {
      become({ type: "no", why: "cart_failed" });
    }
  };
  const press = async () => {
    if (state.type === "adding") return;
    become({ type: "adding" });
    try {
      const reach = await chat.reach();
      const { card: now, changed } = await reach.cardNow(seq, card.product);
      if (!now) become({ type: "no", why: "cart_gone" });
      else if (now.availability === "out_of_stock") become({ type: "no", why: "cart_sold_out" });
      else if (changed.length > 0) become({ type: "asks", now, changed });
      else await put(now);
    } catch {
      become({ type: "no", why: "cart_unread" });
    }
  };

  return (
    <div class="cart">
      {state.type !== "asks" && (
        <button
          type="button"
          class="cart-add"
          ref={button}
          aria-disabled={state.type === "adding"}
          aria-label={words("cart_add_named", { title: card.title })}
          onClick={press}
        >
          {words(state.type === "adding" ? "cart_adding" : "cart_add")}
        </button>
      )}
      <div role="status" ref={question} tabIndex={-1}>
        {state.type === "asks" && <Changes card={card} now={state.now} changed={state.changed} />}
        {state.type === "added" && (
          <p class="cart-added">
            <Icon d={check} size={16} /> {words("cart_added")}{" "}
            {state.cart && <a href={state.cart}>{words("cart_view")}</a>}
          </p>
        )}
        {state.type === "no" && <p class="cart-no">{words(state.why, { view: t("card_view") })}</p>}
      </div>
      {state.type === "asks" && (
        <>
          <button type="button" class="cart-add" onClick={() => put(state.now)}>
            {state.now.price
              ? words("cart_add_anyway", { now: money(state.now.price, lang) })
              : words("cart_add_still")}
          </button>
          <button type="button" class="link" onClick={() => become({ type: "ready" })}>
            {words("cart_leave")}
          </button>
        </>
      )}
    </div>
  );
}

function Changes({
  card,
  now,
  changed,
}: {
  card: ProductCard;
  now: ProductCard;
  changed: CardNow["changed"];
}) {
  const { lang, t } = useAround();
  const words = cartWords(lang);
  const price = ({ price }: ProductCard) => (price ? money(price, lang) : words("cart_price_unknown"));
  const stock = ({ availability }: ProductCard) =>
    availability === "unknown" ? words("cart_available") : t(`card_${availability}` satisfies SharedKey);
  return (
    <>
      {changed.includes("price") && (
        <p>{words("cart_price_changed", { old: price(card), now: price(now) })}</p>
      )}
      {changed.includes("availability") && (
        <p>{words("cart_stock_changed", { old: stock(card), now: stock(now) })}</p>
      )}
    </>
  );
}
