/** Lines of a feed with a problem: where, what is wrong, what to write instead. */
import type { ImportFault } from "../shared";
import { t } from "../words";
import { faultWords } from "./faultWords";

export function Faults({ faults }: { faults: readonly ImportFault[] }) {
  return (
    <div class="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("fault_line")}</th>
            <th scope="col">{t("fault_column")}</th>
            <th scope="col">{t("fault_problem")}</th>
            <th scope="col">{t("fault_value")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, index) => (
            <Fault key={`${fault.line}-${fault.code}-${index}`} fault={fault} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Fault({ fault }: { fault: ImportFault }) {
  return (
    <tr>
      <td class="number">{fault.line === 0 ? t("fault_whole_file") : fault.line}</td>
      <td>
        <bdi>{fault.column ?? ""}</bdi>
      </td>
      <td>
        <span class={fault.warning ? "chip chip-note" : "chip chip-err"}>
          {fault.warning ? t("fault_kept") : t("fault_refused")}
        </span>{" "}
        {faultWords(fault)}
      </td>
      <td>
        <bdi>{fault.value ?? ""}</bdi>
      </td>
    </tr>
  );
}
