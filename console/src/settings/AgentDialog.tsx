/** An agent's name, role and sites. */
import { useState } from "preact/hooks";
import { asRefusal, patch } from "../api";
import { explained } from "../refusals";
import { me } from "../session";
import type { AgentView, Role, SiteId } from "../shared";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { t } from "../words";
import { Select } from "./SiteFields";

interface AgentDialogProps {
  agent: AgentView;
  onClose: () => void;
  onSaved: (agent: AgentView) => void;
}

export function AgentDialog({ agent, onClose, onSaved }: AgentDialogProps) {
  const [name, setName] = useState(agent.name);
  const [role, setRole] = useState<Role>(agent.role);
  const [sites, setSites] = useState<readonly SiteId[]>(agent.sites);
  const [fault, setFault] = useState<string>();
  const self = agent.id === me.value?.id;
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const parts = { name: name.trim(), sites: [...sites], ...(self ? {} : { role }) };
      onSaved(await patch<AgentView>(`/agents/${agent.id}`, parts));
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
  };
  return (
    <Dialog title={agent.name} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <Field label={t("agent_name")} required value={name} onValue={setName} hint={t("your_name_hint")} />
        {!self && <RoleSelect role={role} onRole={setRole} />}
        <SiteTicks ticked={sites} onTicked={setSites} />
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button type="submit" class="button button-primary">
            {t("save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function RoleSelect({ role, onRole }: { role: Role; onRole: (role: Role) => void }) {
  return (
    <Select
      label={t("agent_role")}
      value={role}
      onValue={(value) => onRole(value === "admin" ? "admin" : "agent")}
    >
      {[
        { value: "agent", words: t("role_agent_means") },
        { value: "admin", words: t("role_admin_means") },
      ]}
    </Select>
  );
}

interface SiteTicksProps {
  ticked: readonly SiteId[];
  onTicked: (sites: readonly SiteId[]) => void;
}

export function SiteTicks({ ticked, onTicked }: SiteTicksProps) {
  const sites = me.value?.sites ?? [];
  return (
    <fieldset class="ticks">
      <legend class="field-label">{t("agent_sites")}</legend>
      {sites.map((site) => (
        <label key={site.id} class="tick">
          <input
            type="checkbox"
            checked={ticked.includes(site.id)}
            onChange={(event) =>
              onTicked(
                event.currentTarget.checked ? [...ticked, site.id] : ticked.filter((one) => one !== site.id),
              )
            }
          />
          {site.name}
        </label>
      ))}
      {sites.length === 0 && <p class="quiet">{t("agent_no_sites_yet")}</p>}
    </fieldset>
  );
}
