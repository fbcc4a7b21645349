/** Sign-in. Pasting and password managers work; a refused attempt says so and keeps the e-mail. */
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, get, post } from "../api";
import { explained } from "../refusals";
import { arrive, signedIn } from "../session";
import type { Me } from "../shared";
import { Field } from "../ui/Field";
import { t } from "../words";
import { Entry } from "./Entry";

export function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const alert = useRef<HTMLParagraphElement>(null);
  const unowned = useUnowned();

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      const who = await post<Me>("/sign-in", { email, password });
      signedIn(who);
      arrive(who);
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
      setBusy(false);
      alert.current?.focus();
    }
  };

  return (
    <Entry title={t("sign_in_title")}>
      {unowned && <p class="callout">{t("sign_in_no_admin")}</p>}
      <form class="stack" onSubmit={submit}>
        <p ref={alert} class="field-error" role="alert" tabIndex={-1}>
          {fault}
        </p>
        <Field
          label={t("email")}
          type="email"
          autocomplete="username"
          required
          value={email}
          onValue={setEmail}
        />
        <Field
          label={t("password")}
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <button type="submit" class="button button-primary button-wide" disabled={busy}>
          {busy ? t("signing_in") : t("sign_in")}
        </button>
      </form>
    </Entry>
  );
}

/** A server without an admin cannot be signed in to: its log holds the one-time link. */
function useUnowned(): boolean {
  const [unowned, setUnowned] = useState(false);
  useEffect(() => {
    get<{ needed: boolean }>("/setup").then(
      (answer) => setUnowned(answer.needed),
      () => {},
    );
  }, []);
  return unowned;
}
