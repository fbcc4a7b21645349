//! Tables as files for spreadsheets: RFC 4180, and no cell that one would take for a formula.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use comptoir_catalog::feed::FORMULA_SIGNS;
use futures_util::Stream;

/// Without it spreadsheets take the file for Windows-1252.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line with its end.
#[must_use]
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

/// The first line of a file.
#[must_use]
pub fn header(names: &[&str]) -> String {
    format!("{BYTE_ORDER_MARK}{}", line(names.iter().copied()))
}

fn cell(text: &str) -> String {
    let guard = if text.starts_with(FORMULA_SIGNS) { "'" } else { "" };
    let text = format!("{guard}{text}").replace('\0', "");
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The file, sent as it is made.
pub fn file<S, E>(name: &str, lines: S) -> HttpResponse
where
    S: Stream<Item = Result<actix_web::web::Bytes, E>> + 'static,
    E: Into<Box<dyn std::error::Error>> + 'static,
{
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_is_never_a_formula() {
        for (text, wanted) in [
            ("Lampe", "Lampe"),
            ("Lampe, dorée", "\"Lampe, dorée\""),
            ("24\" wide", "\"24\"\" wide\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("+33", "'+33"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("\0=1", "'=1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), wanted, "{text:?}");
        }
        assert_eq!(line(["a", "b,c"]), "a,\"b,c\"\r\n");
    }
}
