-- What a bucket has besides its name, as S3's requests say it: its tags.
ALTER TABLE buckets ADD COLUMN properties TEXT NOT NULL DEFAULT '{}';
