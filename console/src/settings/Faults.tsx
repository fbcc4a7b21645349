/** Lines of a feed with a problem: where, what is wrong, what to write instead. */
import type { ImportFault } from "../shared";
import { Table } from "../ui/Table";
import { t } from "../words";
import { faultWords } from "./faultWords";

export function Faults({ faults }: { faults: readonly ImportFault[] }) {
  return (
    <Table
      heads={[t("fault_line"), t("fault_column"), t("fault_problem"), t("fault_value")]}
      layout="stacked faults"
    >
      {faults.map((fault, index) => (
        <Fault key={`${fault.line}-${fault.code}-${index}`} fault={fault} />
      ))}
    </Table>
  );
}

function Fault({ fault }: { fault: ImportFault }) {
  return (
    <tr>
      <td class="number" {...(fault.line === 0 ? {} : { "data-head": t("fault_line") })}>
        {fault.line === 0 ? t("fault_whole_file") : fault.line}
      </td>
      <td>
        <bdi>{fault.column ?? ""}</bdi>
      </td>
      <td>
        <span class={fault.warning ? "chip chip-note" : "chip chip-err"}>
          {fault.warning ? t("fault_kept") : t("fault_refused")}
        </span>{" "}
        {faultWords(fault)}
      </td>
      <td class="fault-value" {...(fault.value ? { "data-head": t("fault_value") } : {})}>
        <bdi>{fault.value ?? ""}</bdi>
      </td>
    </tr>
  );
}
