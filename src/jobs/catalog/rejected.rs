//! The rows that an import refused, as a CSV to correct and import again.

use comptoir_catalog::feed::bounds::FAULTS_MAX;
use comptoir_catalog::feed::{FORMULA_SIGNS, Outcome, REPORT_COLUMNS};

use super::{Catalog, CatalogError};
use crate::protocol::catalog::ImportFault;
use crate::protocol::{ImportId, SiteId};
use crate::store::catalog::RefusedRows;

/// Faults are kept beside as many warnings.
const FAULTS_LOOKED_AT: usize = 2 * FAULTS_MAX;

impl Catalog {
    /// The refused rows of a run as CSV: line, code, column, value and what to do, then the
    /// row's own cells under the file's columns. The readers pass over the first five, so
    /// that a corrected file is imported as it is.
    ///
    /// # Errors
    /// As [`Catalog::run`].
    pub async fn rejected(&self, site: SiteId, id: ImportId) -> Result<String, CatalogError> {
        self.run(site, id).await?;
        let most = u32::try_from(FAULTS_LOOKED_AT).unwrap_or(u32::MAX);
        let faults = self.0.store.faults(id, most).await?;
        Ok(csv(&faults, &self.0.store.refused(id).await?))
    }
}

/// The refused rows of a reading, as they are kept.
pub(super) fn rows_of(outcome: &Outcome) -> RefusedRows {
    let rows = (0..).zip(&outcome.faults.first).filter_map(|(place, fault)| {
        let row = fault.row.as_ref()?;
        Some((place, row.cells.clone()))
    });
    RefusedRows { header: outcome.report.header.clone(), rows: rows.collect() }
}

/// RFC 4180, safe to open in a spreadsheet.
fn csv(faults: &[ImportFault], refused: &RefusedRows) -> String {
    let mut text = String::new();
    let header = REPORT_COLUMNS.iter().copied().chain(refused.header.iter().map(String::as_str));
    line(&mut text, header);
    for (place, fault) in (0..).zip(faults).filter(|(_, fault)| !fault.warning) {
        let number = fault.line.to_string();
        let column = fault.column.as_deref().unwrap_or_default();
        let value = fault.value.as_deref().unwrap_or_default();
        let cells = refused.rows.binary_search_by_key(&place, |(place, _)| *place).ok();
        let cells = cells.and_then(|at| refused.rows.get(at)).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        let missing = refused.header.len().saturating_sub(cells.len());
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", missing));
        line(&mut text, [&*number, &fault.code, column, value, &fault.message].into_iter().chain(cells));
    }
    text
}

fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            text.push(',');
        }
        text.push_str(&quoted(cell));
    }
    text.push_str("\r\n");
}

/// A cell in quotes; what a spreadsheet would run as a formula gets a `'`.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(FORMULA_SIGNS);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn fault(line: u64, value: &str, warning: bool) -> ImportFault {
        ImportFault {
            line,
            code: "unreadable_price".into(),
            column: Some("Prix \"TTC\"".into()),
            value: Some(value.into()),
            message: "cannot read it".into(),
            warning,
            numbers: BTreeMap::new(),
            detail: None,
        }
    }

    #[test]
    fn refused_rows_stand_under_their_header_and_are_safe_in_a_spreadsheet() {
        let refused = RefusedRows {
            header: vec!["Réf".into(), "=Nom".into(), "Prix".into()],
            rows: vec![(1, vec!["R-2".into(), "@Lampe\r\ndorée".into()])],
        };
        let faults = [fault(2, "x", true), fault(3, "=1+1", false), fault(4, "-", false)];
        assert_eq!(
            csv(&faults, &refused),
            "\"line\",\"code\",\"column\",\"value\",\"what to do\",\"Réf\",\"'=Nom\",\"Prix\"\r\n\
             \"3\",\"unreadable_price\",\"Prix \"\"TTC\"\"\",\"'=1+1\",\"cannot read it\",\"R-2\",\"'@Lampe\r\ndorée\",\"\"\r\n\
             \"4\",\"unreadable_price\",\"Prix \"\"TTC\"\"\",\"'-\",\"cannot read it\",\"\",\"\",\"\"\r\n"
        );
    }
}
