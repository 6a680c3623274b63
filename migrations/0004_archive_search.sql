-- How the archive is searched, after measuring it over 100,000 letters (two cores, PostgreSQL 18):
-- one index for words and filters together, words instead of whole names for misspelt queries, and kept counts.

-- Trusted since PostgreSQL 13: the database's owner may create it.
create extension if not exists btree_gin;

-- A search with filters reads one index and only rows that match both. Two indexes made the planner test the document
-- of every letter under a filter, which it takes for cheap and which is not (120 ms against 9 ms).
-- No pending list: letters are written rarely and read all the time.
drop index letter_index_document;
drop index letter_index_facets;
create index letter_index_search on letter_index using gin (document, facets) with (fastupdate = off);

-- Words that a reader may misspell: those of addressees, initiators, signatory organisations and titles, folded
-- (foundation/fold.ts), of three characters and more. Each stands once. Written by letters/index-letter.ts; a word that
-- no letter holds any longer may stay, it finds nothing. It replaces the list of whole names: looking up
-- 'wikimeda' among 100,000 words takes 0.3 ms, among 100,000 names 60 to 160 ms.
drop table letter_name;
drop table known_name;
create table known_word (word text primary key);
create index known_word_similar on known_word using gin (word gin_trgm_ops);

-- How many letters have each facet: the numbers beside the filters of the whole archive, kept, not counted.
-- Changed by letters/index-letter.ts in the transaction that changes letter_index.facets, in the order of the facets,
-- so that two transactions never wait for each other. 'language:fr' (a letter has a text in French) is among the facets:
-- it says in which languages the archive must be searched.
create table facet_count (
  facet text primary key,
  letters bigint not null check (letters >= 0)
);

-- In which letters' lists a name stands, within one letter.
drop index signature_name;
create index signature_name on signature using gin (letter_id, name_folded gin_trgm_ops)
  where state = 'accepted' and show;
