-- Never written: when a key was used is nobody's question.
ALTER TABLE update_keys DROP COLUMN used_at;
