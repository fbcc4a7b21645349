/** At the right the conversation itself, on its own connection: it goes on beside the page and after it. */
import "../../../widget/src/shared/card.css";
import "../../../widget/src/shared/compare.css";
import "../style/conversation.css";
import "../style/composer.css";
import "../style/panel.css";
import { useEffect, useState } from "preact/hooks";
import { Composer } from "../composer/Composer";
import { Transcript } from "../conversation/Transcript";
import { markSeen } from "../desk";
import type { ConversationId, ConversationRow } from "../shared";
import { dispatch, self } from "../state/store";
import type { Room } from "../state/view";
import { attentive } from "../ui/clock";
import { Lazy } from "../ui/Lazy";
import { Spinner } from "../ui/pieces";
import { t } from "../words";

const productsChunk = async () => (await import("../panel/Products")).Products;

interface SideProps {
  conversation: ConversationId;
  room: Room | undefined;
  row: ConversationRow | undefined;
  name: string;
}

export function Side({ conversation, room, row, name }: SideProps) {
  const [products, setProducts] = useState(false);
  useEffect(() => {
    if (!attentive.value) dispatch({ type: "looked_away", conversation });
  }, [attentive.value, conversation]);
  const mine = row?.stage === "in_progress" && row.in_charge?.id === self.value?.id;
  return (
    <aside class="screen-side" aria-labelledby="side-name">
      <header class="side-head">
        <h2 id="side-name" class="cut">
          <bdi>{name}</bdi>
        </h2>
        {row && row.stage !== "closed" && (
          <button
            type="button"
            class="button button-small"
            aria-expanded={products}
            onClick={() => setProducts(!products)}
          >
            {t("products")}
          </button>
        )}
      </header>
      {room && row ? (
        <>
          {products && (
            <div class="side-products">
              <Lazy name="products" load={productsChunk} props={{ room, row, mine }} />
            </div>
          )}
          <Transcript room={room} row={row} onSeen={() => markSeen(conversation)} />
          <Composer row={row} room={room} mine={mine} />
        </>
      ) : (
        <Spinner label={t("loading")} />
      )}
    </aside>
  );
}
