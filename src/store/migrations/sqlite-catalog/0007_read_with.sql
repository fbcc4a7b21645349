-- How the file was read that the validators are of: settings, language and reader in one number.
-- Of the files before nobody knows; they are asked for whole once.
ALTER TABLE feeds ADD COLUMN read_with INTEGER;
-- The site's currency when an update was sent, for products without a price.
ALTER TABLE updates ADD COLUMN currency TEXT;
