/** An invited agent chooses a name and a password, by the link that an admin copied. */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get, post } from "../api";
import { explained } from "../refusals";
import { arrive, signedIn } from "../session";
import type { InvitationFace, Me } from "../shared";
import { Spinner, Trouble } from "../ui/pieces";
import { t } from "../words";
import { Entry } from "./Entry";
import { NewAccount } from "./NewAccount";

export function Invitation({ token }: { token: string }) {
  const [face, setFace] = useState<InvitationFace>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    get<InvitationFace>(`/invitations/${encodeURIComponent(token)}`).then(setFace, (failure) =>
      setFault(explained(asRefusal(failure))),
    );
  }, [token]);

  const accept = async (name: string, password: string) => {
    const who = await post<Me>("/invitations/accept", { token, name, password });
    signedIn(who);
    arrive(who);
  };

  if (fault) {
    return (
      <Entry title={t("invitation_title")}>
        <Trouble text={fault} />
        <a class="button button-wide" href="/sign-in">
          {t("to_sign_in")}
        </a>
      </Entry>
    );
  }
  const sites = face?.sites.join(", ") ?? "";
  return (
    <Entry title={t("invitation_title")} {...(sites ? { intro: t("invitation_intro", { sites }) } : {})}>
      {face ? (
        <NewAccount name={face.name} email={face.email} action={t("invitation_action")} create={accept} />
      ) : (
        <Spinner label={t("loading")} />
      )}
    </Entry>
  );
}
