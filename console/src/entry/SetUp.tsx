/** The first admin, by the one-time link that the server printed. */
import { useEffect, useState } from "preact/hooks";
import { get, post } from "../api";
import { go } from "../router";
import { signedIn } from "../session";
import type { Me } from "../shared";
import { t } from "../words";
import { Entry } from "./Entry";
import { NewAccount } from "./NewAccount";

export function SetUp({ token }: { token: string }) {
  const [email, setEmail] = useState("");
  const [owned, setOwned] = useState(false);
  useEffect(() => {
    // Unanswered, the form stays: the server judges the link anyway.
    get<{ needed: boolean }>("/setup").then(
      ({ needed }) => setOwned(!needed),
      () => undefined,
    );
  }, []);
  const create = async (name: string, password: string) => {
    signedIn(await post<Me>("/setup", { token, name, email, password }));
    go({ name: "sites" }, "replace");
  };
  if (owned) {
    return (
      <Entry title={t("setup_owned_title")} intro={t("setup_owned")}>
        <a class="button button-primary button-wide" href="/sign-in">
          {t("to_sign_in")}
        </a>
      </Entry>
    );
  }
  return (
    <Entry title={t("setup_title")} intro={t("setup_intro")}>
      <NewAccount name="" email={email} onEmail={setEmail} action={t("setup_action")} create={create} />
    </Entry>
  );
}
