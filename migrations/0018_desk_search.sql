-- What the desk's lists and its search read.

-- Public letters by their state, the latest first: of a hundred thousand from elsewhere, three may be open.
create index letter_by_state on letter (state, dated desc, listed desc);

-- A whole address, found by its keyed hash, whatever the letter.
create index signature_by_address on signature using hash (email_hash);

-- Parts of an affiliation, in lower case. Names have indexes already: the listed ones, and the others.
create index signature_affiliation on signature using gin (lower(affiliation) gin_trgm_ops)
  where affiliation is not null;

-- Words of drafts; public letters have the archive's index.
create index draft_text on draft using gin ((document::text) gin_trgm_ops)
  where stage <> 'published' and discarded_at is null;
