/** Inviting somebody: the link is copied and sent by whoever invites, no mail leaves the server. */
import { useState } from "preact/hooks";
import { asRefusal, post } from "../api";
import { explained } from "../refusals";
import { me } from "../session";
import type { InvitationView, Role, SiteId } from "../shared";
import { Field } from "../ui/Field";
import { t } from "../words";
import { RoleSelect, SiteTicks } from "./AgentDialog";

export function Invite({ onMade }: { onMade: (invitation: InvitationView) => void }) {
  const all = (me.value?.sites ?? []).map((site) => site.id);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [sites, setSites] = useState<readonly SiteId[]>(all);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const invite = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      onMade(
        await post<InvitationView>("/invitations", { name: name.trim(), email: email.trim(), role, sites }),
      );
      setName("");
      setEmail("");
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };
  return (
    <form class="stack narrow" onSubmit={invite}>
      <div class="two">
        <Field label={t("agent_name")} required autocomplete="off" value={name} onValue={setName} />
        <Field label={t("email")} type="email" required autocomplete="off" value={email} onValue={setEmail} />
      </div>
      <RoleSelect role={role} onRole={setRole} />
      <SiteTicks ticked={sites} onTicked={setSites} />
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div>
        <button type="submit" class="button button-primary" disabled={busy}>
          {t("invite_action")}
        </button>
      </div>
    </form>
  );
}
