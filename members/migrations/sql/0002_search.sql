-- Parts and misspellings of a name, found without reading every row (decision 29).
CREATE INDEX members_member_trigrams ON members_member USING gin (upper(name) gin_trgm_ops);
CREATE INDEX members_business_trigrams ON members_business USING gin (upper(name) gin_trgm_ops);
CREATE INDEX members_partner_trigrams ON members_partner USING gin (upper(name) gin_trgm_ops);
