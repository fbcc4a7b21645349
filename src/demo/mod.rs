//! The demo store: another origin with the widget on its pages. Served only by `comptoir demo`.
