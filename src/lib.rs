//! The reader's map.
