-- The key that a group was made with; it is given back and not used.
ALTER TABLE log_groups ADD COLUMN kms_key TEXT;
