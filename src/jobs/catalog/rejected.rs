//! The rows that an import refused, to correct and import again; HTTP writes them as CSV.

use comptoir_catalog::feed::Outcome;
use comptoir_catalog::feed::bounds::FAULTS_MAX;

use super::{Catalog, CatalogError};
use crate::protocol::catalog::ImportFault;
use crate::protocol::{ImportId, SiteId};
use crate::store::catalog::RefusedRows;

/// Faults are kept beside as many warnings.
const FAULTS_LOOKED_AT: usize = 2 * FAULTS_MAX;

impl Catalog {
    /// The rows that a run refused, the first 1,000, in the order of the file.
    ///
    /// # Errors
    /// As [`Catalog::run`].
    pub async fn rejected(&self, site: SiteId, id: ImportId) -> Result<Rejected, CatalogError> {
        self.run(site, id).await?;
        let most = u32::try_from(FAULTS_LOOKED_AT).unwrap_or(u32::MAX);
        let faults = self.0.store.faults(id, most).await?;
        Ok(joined(faults, self.0.store.refused(id).await?))
    }
}

/// The rows that an import refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file's columns as it names them; empty where no file was read.
    pub header: Vec<String>,
    /// Each fault with its row's cells, one for each column.
    pub rows: Vec<(ImportFault, Vec<String>)>,
}

/// The refused rows of a reading, as they are kept.
pub(super) fn rows_of(outcome: &Outcome) -> RefusedRows {
    let rows = (0..).zip(&outcome.faults.first).filter_map(|(place, fault)| {
        let row = fault.row.as_ref()?;
        Some((place, row.cells.clone()))
    });
    RefusedRows { header: outcome.report.header.clone(), rows: rows.collect() }
}

/// Faults that are no warnings, with the rows that are kept by their place.
fn joined(faults: Vec<ImportFault>, refused: RefusedRows) -> Rejected {
    let RefusedRows { header, mut rows } = refused;
    let mut cells_of = |place: u32| {
        let at = rows.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        rows.get_mut(at).map(|(_, cells)| std::mem::take(cells))
    };
    let joined = (0..).zip(faults).filter(|(_, fault)| !fault.warning).map(|(place, fault)| {
        let mut cells = cells_of(place).unwrap_or_default();
        cells.resize(cells.len().max(header.len()), String::new());
        (fault, cells)
    });
    Rejected { rows: joined.collect(), header }
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
    fn each_refused_row_stands_beside_its_fault_and_warnings_have_none() {
        let refused = RefusedRows {
            header: vec!["Réf".into(), "Nom".into(), "Prix".into()],
            rows: vec![(1, vec!["R-2".into(), "Lampe".into()]), (3, vec!["R-4".into(); 4])],
        };
        let faults = [fault(2, "x", true), fault(3, "y", false), fault(4, "-", false), fault(5, "z", false)];
        let rejected = joined(faults.to_vec(), refused.clone());
        assert_eq!(rejected.header, refused.header);
        let [_, first, without, long] = faults;
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let expected = [(first, row(&["R-2", "Lampe", ""])), (without, row(&["", "", ""])), (long, row(&["R-4"; 4]))];
        assert_eq!(rejected.rows, expected);
    }
}
