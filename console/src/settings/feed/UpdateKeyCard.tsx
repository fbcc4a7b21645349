/** The key by which the shop's own programs update prices and stock: made here, shown once. */
import { useState } from "preact/hooks";
import { asRefusal, post, remove } from "../../api";
import { explained } from "../../refusals";
import { format, type SiteId, type UpdateKey } from "../../shared";
import { CopyButton } from "../../ui/pieces";
import { toast } from "../../ui/toasts";
import { lang, t } from "../../words";
import { Ready } from "../area";
import { useLoaded } from "../useLoaded";

export function UpdateKeyCard({ site }: { site: SiteId }) {
  const path = `/sites/${site}/catalog/key`;
  const key = useLoaded<UpdateKey>(path);
  const [busy, setBusy] = useState(false);
  const ask = async (request: () => Promise<UpdateKey>) => {
    setBusy(true);
    try {
      key.put(await request());
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
    setBusy(false);
  };
  const example = [
    `curl -X PATCH ${location.origin}/api/v1${path.replace(/key$/, "products")} \\`,
    `  -H "Authorization: Bearer ${key.value?.key ?? "KEY"}" -H "Content-Type: application/json" \\`,
    `  -d '{"updates":[{"sku":"SKU-1","price":"12.90","stock":4}]}'`,
  ].join("\n");
  return (
    <details class="panel-card feed-settings">
      <summary>
        <h2>{t("update_key")}</h2>
      </summary>
      <div class="stack">
        <p class="quiet">{t("update_key_text")}</p>
        <Ready of={key}>
          {({ key: fresh, made_at: madeAt }) => (
            <>
              {fresh && (
                <div class="made" role="status">
                  <p>{t("update_key_once")}</p>
                  <div class="code">
                    <pre>{fresh}</pre>
                    <CopyButton text={fresh} />
                  </div>
                </div>
              )}
              <p>
                {madeAt
                  ? t("update_key_since", { date: format.dateTime(madeAt, lang.value) })
                  : t("update_key_none")}
              </p>
              <div class="button-row">
                <button
                  type="button"
                  class="button"
                  disabled={busy}
                  onClick={() => void ask(() => post<UpdateKey>(path))}
                >
                  {madeAt ? t("update_key_again") : t("update_key_make")}
                </button>
                {madeAt && (
                  <button
                    type="button"
                    class="button button-danger"
                    disabled={busy}
                    onClick={() => void ask(() => remove(path).then(() => ({})))}
                  >
                    {t("update_key_withdraw")}
                  </button>
                )}
              </div>
            </>
          )}
        </Ready>
        <div class="code">
          <pre>{example}</pre>
          <CopyButton text={example} />
        </div>
      </div>
    </details>
  );
}
