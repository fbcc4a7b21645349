//! Quotes and line ends of a piece of text, looked at byte by byte.

/// Whether every quote that opens a field is closed right before its end.
pub(super) fn is_well_quoted(record: &[u8], separator: u8) -> bool {
    let (mut quoted, mut field_start) = (false, true);
    let mut bytes = record.iter().peekable();
    while let Some(&byte) = bytes.next() {
        let ends_field =
            |next: Option<&&u8>| next.is_none_or(|next| matches!(**next, b'\n' | b'\r') || **next == separator);
        if quoted && byte == b'"' {
            if bytes.next_if(|next| **next == b'"').is_none() {
                if !ends_field(bytes.peek()) {
                    return false;
                }
                quoted = false;
            }
        } else if !quoted {
            quoted = field_start && byte == b'"';
            field_start = byte == separator;
        }
    }
    !quoted
}

/// Line ends in a piece of text: LF, CR LF, and a CR alone.
pub(super) fn count_lines(bytes: &[u8], count_last: bool) -> u64 {
    let mut lines = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1);
        lines += match byte {
            b'\n' => 1,
            b'\r' if next != Some(&b'\n') && (count_last || next.is_some()) => 1,
            _ => 0,
        };
    }
    lines
}
