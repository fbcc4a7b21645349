/** Name and password of a new account, shared by set-up and invitation. */
import { useState } from "preact/hooks";
import { asRefusal } from "../api";
import { explained } from "../refusals";
import { Field } from "../ui/Field";
import { t } from "../words";

interface NewAccountProps {
  name: string;
  email: string;
  /** Absent: the e-mail is given and cannot be changed. */
  onEmail?: (email: string) => void;
  action: string;
  create: (name: string, password: string) => Promise<void>;
}

export function NewAccount({ name: given, email, onEmail, action, create }: NewAccountProps) {
  const [name, setName] = useState(given);
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<{ where: "password" | "form"; text: string }>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      await create(name.trim(), password);
    } catch (failure) {
      const refusal = asRefusal(failure);
      setFault({ where: refusal.code === "weak_password" ? "password" : "form", text: explained(refusal) });
      setBusy(false);
    }
  };

  return (
    <form class="stack" onSubmit={submit}>
      <p class="field-error" role="alert">
        {fault?.where === "form" ? fault.text : ""}
      </p>
      <Field
        label={t("your_name")}
        autocomplete="name"
        required
        value={name}
        onValue={setName}
        hint={t("your_name_hint")}
      />
      <Field
        label={t("email")}
        type="email"
        autocomplete="username"
        required
        readOnly={!onEmail}
        value={email}
        onValue={onEmail ?? (() => {})}
      />
      <Field
        label={t("new_password")}
        type="password"
        autocomplete="new-password"
        required
        minLength={8}
        value={password}
        onValue={setPassword}
        hint={t("new_password_hint")}
        error={fault?.where === "password" ? fault.text : undefined}
      />
      <button type="submit" class="button button-primary button-wide" disabled={busy}>
        {action}
      </button>
    </form>
  );
}
