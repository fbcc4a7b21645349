//! Product feeds, index and search; knows nothing of chat.
