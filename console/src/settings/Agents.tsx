/** Who works here: agents with their sites, invitations with a link to copy. */
import { useState } from "preact/hooks";
import { asRefusal, patch, remove } from "../api";
import { explained } from "../refusals";
import { me } from "../session";
import {
  type AgentChange,
  type AgentView,
  format,
  type InvitationView,
  type Role,
  type SiteId,
} from "../shared";
import { Avatar, CopyButton } from "../ui/pieces";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { AgentDialog } from "./AgentDialog";
import { Ready, Title } from "./area";
import { Invite } from "./Invite";
import { useLoaded } from "./useLoaded";

export function Agents() {
  const agents = useLoaded<AgentView[]>("/agents");
  const invitations = useLoaded<InvitationView[]>("/invitations");
  /** Shown once, when it is made: the server keeps only its hash. */
  const [made, setMade] = useState<InvitationView>();
  return (
    <>
      <Title under={t("agents_intro")}>{t("agents")}</Title>
      <section class="panel-card" aria-labelledby="agents-list">
        <h2 id="agents-list">{t("agents_all")}</h2>
        <Ready of={agents}>
          {(all) => (
            <ul class="people">
              {all.map((agent) => (
                <Agent
                  key={agent.id}
                  agent={agent}
                  onChanged={(next) => agents.put(all.map((one) => (one.id === next.id ? next : one)))}
                />
              ))}
            </ul>
          )}
        </Ready>
      </section>
      <section class="panel-card" aria-labelledby="invite">
        <h2 id="invite">{t("invite")}</h2>
        {made?.link && <MadeLink invitation={made} link={made.link} />}
        <Invite
          onMade={(invitation) => {
            setMade(invitation);
            invitations.again();
          }}
        />
        <Ready of={invitations}>{(all) => <Invitations all={all} again={invitations.again} />}</Ready>
      </section>
    </>
  );
}

function MadeLink({ invitation, link }: { invitation: InvitationView; link: string }) {
  return (
    <div class="made" role="status">
      <p>{t("invite_made", { name: invitation.name || invitation.email })}</p>
      <div class="code">
        <pre>
          <code>{link}</code>
        </pre>
        <CopyButton text={link} label={t("invite_copy")} />
      </div>
      <p class="quiet">{t("invite_once", { date: format.dateTime(invitation.expires_at, lang.value) })}</p>
    </div>
  );
}

interface AgentProps {
  agent: AgentView;
  onChanged: (agent: AgentView) => void;
}

function Agent({ agent, onChanged }: AgentProps) {
  const [editing, setEditing] = useState(false);
  const self = agent.id === me.value?.id;
  const change = async (parts: AgentChange) => {
    try {
      onChanged(await patch<AgentView>(`/agents/${agent.id}`, parts));
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
  };
  return (
    <li class="person">
      <Avatar name={agent.name} />
      <span class="person-words">
        <span class="person-name">
          <strong>{agent.name}</strong>
          <RoleChip role={agent.role} />
          {agent.disabled && <span class="chip chip-err">{t("agent_disabled")}</span>}
        </span>
        <span class="quiet">{agent.email}</span>
        <span class="quiet">{agent.role === "admin" ? t("agent_every_site") : siteNames(agent.sites)}</span>
      </span>
      <span class="button-row">
        <button type="button" class="button button-small" onClick={() => setEditing(true)}>
          {t("agent_edit")}
        </button>
        {!self && (
          <button
            type="button"
            class={agent.disabled ? "button button-small" : "button button-small button-danger"}
            onClick={() => void change({ disabled: !agent.disabled })}
          >
            {agent.disabled ? t("agent_enable") : t("agent_disable")}
          </button>
        )}
      </span>
      {editing && (
        <AgentDialog
          agent={agent}
          onClose={() => setEditing(false)}
          onSaved={(saved) => {
            onChanged(saved);
            setEditing(false);
          }}
        />
      )}
    </li>
  );
}

function Invitations({ all, again }: { all: readonly InvitationView[]; again: () => void }) {
  if (all.length === 0) return null;
  const withdraw = async (id: string) => {
    try {
      await remove(`/invitations/${id}`);
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
    again();
  };
  return (
    <>
      <h3>{t("invitations")}</h3>
      <ul class="people">
        {all.map((one) => (
          <li key={one.id} class="person">
            <Avatar name={one.name || one.email} />
            <span class="person-words">
              <span class="person-name">
                <strong>{one.name || one.email}</strong>
                <RoleChip role={one.role} />
              </span>
              <span class="quiet">{one.email}</span>
              <span class="quiet">
                {t("invite_until", { date: format.dateTime(one.expires_at, lang.value) })}
              </span>
            </span>
            <button type="button" class="button button-small" onClick={() => void withdraw(one.id)}>
              {t("withdraw")}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function RoleChip({ role }: { role: Role }) {
  return <span class={role === "admin" ? "chip chip-accent" : "chip"}>{t(`role_${role}`)}</span>;
}

function siteNames(ids: readonly SiteId[]): string {
  const names = (me.value?.sites ?? []).filter((site) => ids.includes(site.id)).map((site) => site.name);
  return names.length > 0 ? names.join(", ") : t("agent_no_site");
}
