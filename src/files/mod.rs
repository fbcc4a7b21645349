//! The bytes of documents: a folder, later S3; no decision.
