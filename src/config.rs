//! Settings: defaults, file, environment, flags; checked once.
