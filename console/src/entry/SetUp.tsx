/** The first admin, by the one-time link that the server printed. */
import { useState } from "preact/hooks";
import { post } from "../api";
import { go } from "../router";
import { signedIn } from "../session";
import type { Me } from "../shared";
import { t } from "../words";
import { Entry } from "./Entry";
import { NewAccount } from "./NewAccount";

export function SetUp({ token }: { token: string }) {
  const [email, setEmail] = useState("");
  const create = async (name: string, password: string) => {
    signedIn(await post<Me>("/setup", { token, name, email, password }));
    go({ name: "sites" }, "replace");
  };
  return (
    <Entry title={t("setup_title")} intro={t("setup_intro")}>
      <NewAccount name="" email={email} onEmail={setEmail} action={t("setup_action")} create={create} />
    </Entry>
  );
}
