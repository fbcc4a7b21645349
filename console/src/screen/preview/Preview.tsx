/**
 * The preview of a site's masks: a page of the store as an agent would see it at the left, what is masked
 * and shown at the right, tried before it is saved. In the document of a shared page, under its policy.
 */
import "../../style/settings.css";
import "../../style/preview.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, patch, signedOutSeen } from "../../api";
import { explained } from "../../refusals";
import { Ready } from "../../settings/area";
import { faultsOf, isFaulty, isSame, MaskFields } from "../../settings/MaskFields";
import { tellSaved } from "../../settings/preview";
import { type SharingDraft, settingsOf, sharingDraftOf } from "../../settings/sharingDraft";
import { useLoaded } from "../../settings/useLoaded";
import type { SiteId, SiteView } from "../../shared";
import { Announcer } from "../../ui/announcer";
import { Field } from "../../ui/Field";
import { Toasts, toast } from "../../ui/toasts";
import { t } from "../../words";
import { keepFocus } from "../focus";
import { SignedOut } from "../SignedOut";
import { Found, Legend } from "./Legend";
import { Sight } from "./Sight";
import { begin, change, frame, openPreview, pageOf, trouble } from "./session";

const TYPING_MS = 350;

interface PreviewProps {
  site: SiteId;
  /** What was not saved where the preview was opened. */
  draft: SharingDraft | undefined;
}

export function Preview({ site, draft }: PreviewProps) {
  const loaded = useLoaded<SiteView>(`/sites/${site}`);
  if (signedOutSeen.value > 0) return <SignedOut />;
  return (
    <>
      <Announcer />
      <Ready of={loaded}>
        {(view) => <Desk site={view} begun={draft ?? sharingDraftOf(view.share)} onSaved={loaded.put} />}
      </Ready>
      <Toasts />
    </>
  );
}

interface DeskProps {
  site: SiteView;
  begun: SharingDraft;
  onSaved: (site: SiteView) => void;
}

function Desk({ site, begun, onSaved }: DeskProps) {
  const host = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(begun);
  const faults = faultsOf(draft);
  useEffect(() => {
    document.title = `${t("preview_of", { name: site.name })} · Comptoir`;
    const close = host.current ? openPreview(site.id, host.current) : undefined;
    const unkeep = keepFocus(frame);
    return () => {
      unkeep();
      close?.();
    };
  }, [site.id]);
  // Once the typing rests; what is no selector is not tried.
  useEffect(() => {
    if (isFaulty(faultsOf(draft))) return;
    const timer = setTimeout(() => void change(settingsOf(draft)), TYPING_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  return (
    <div class="screen preview">
      <main class="screen-main preview-main">
        <header class="preview-head">
          <h1>{t("preview_of", { name: site.name })}</h1>
          <p class="quiet">{t("preview_how")}</p>
          <Open site={site} draft={draft} />
        </header>
        <Sight host={host} />
        <Legend />
      </main>
      <aside class="screen-side preview-side" aria-label={t("sharing")}>
        <div class="preview-fields stack">
          <MaskFields
            draft={draft}
            change={(parts) => setDraft((before) => ({ ...before, ...parts }))}
            faults={faults}
          />
          <Found draft={draft} />
        </div>
        <Save site={site} draft={draft} wrong={isFaulty(faults)} onSaved={onSaved} />
      </aside>
    </div>
  );
}

/** Which page, and the way to open it: its widget makes the picture. */
function Open({ site, draft }: { site: SiteView; draft: SharingDraft }) {
  const [text, setText] = useState(site.origins[0] ? `${site.origins[0]}/` : "");
  const [tried, setTried] = useState(false);
  const page = pageOf(text, site);
  const error = page ? trouble.value : tried ? wrongPage(site) : undefined;
  const open = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (page && !isFaulty(faultsOf(draft))) void begin(page, settingsOf(draft));
  };
  return (
    <form class="preview-open" onSubmit={open} noValidate>
      <Field
        label={t("preview_page")}
        type="url"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onValue={setText}
        error={error}
      />
      <button type="submit" class="button button-primary" disabled={isFaulty(faultsOf(draft))}>
        {t("preview_open")}
      </button>
    </form>
  );
}

function wrongPage(site: SiteView): string {
  const origins = site.origins.join(", ");
  return origins ? t("preview_wrong_page", { origins }) : t("preview_no_origin");
}

interface SaveProps {
  site: SiteView;
  draft: SharingDraft;
  wrong: boolean;
  onSaved: (site: SiteView) => void;
}

function Save({ site, draft, wrong, onSaved }: SaveProps) {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const same = isSame(draft, sharingDraftOf(site.share));
  const save = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const saved = await patch<SiteView>(`/sites/${site.id}`, { share: settingsOf(draft) });
      onSaved(saved);
      tellSaved(saved);
      toast(t("saved"), { kind: "good" });
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };
  return (
    <footer class="preview-save">
      <p class="field-error" role="alert">
        {fault}
      </p>
      <button
        type="button"
        class="button button-primary button-wide"
        disabled={busy || wrong || same}
        onClick={save}
      >
        {t("save")}
      </button>
      <p class="quiet">{t(same ? "preview_same" : "preview_unsaved")}</p>
    </footer>
  );
}
