-- How words are made comparable, by language: without accents, then stemmed. letters/search-configuration.ts says
-- which language has which configuration; letters and readers' words go through the same one.
-- The configurations lie in the schema of the tables, since a managed PostgreSQL lets nobody write to pg_catalog;
-- the dictionary lies where the extension was put, which need not be on the search path.
do $$
declare
  unaccent text := (
    select format('%I.unaccent', nspname) from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'unaccent');
  stemmed text;
begin
  -- Every stemmer of PostgreSQL 15. Later ones bring more; those wait for a migration of their own.
  foreach stemmed in array array[
    'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'greek',
    'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese',
    'romanian', 'russian', 'serbian', 'simple', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish']
  loop
    execute format('create text search configuration %I (copy = pg_catalog.%I)', 'undersigned_' || stemmed, stemmed);
    execute format(
      'alter text search configuration %I alter mapping for hword, hword_part, word with %s, pg_catalog.%I',
      'undersigned_' || stemmed, unaccent, case stemmed when 'simple' then 'simple' else stemmed || '_stem' end);
  end loop;
end
$$;

-- Organisations that signed and are shown, by which their letters are found. In a table of its own, so that one more
-- signature never rewrites the letter's row in letter_index. Written by letters/known-names.ts.
create table letter_organisation (
  letter_id uuid not null references letter on delete cascade,
  -- As compared (foundation/fold.ts): a name counts once a letter.
  folded text not null,
  -- The name's words, by the configuration undersigned_simple.
  document tsvector not null,
  primary key (letter_id, folded)
);
-- No pending list: it is read far more often than written.
create index letter_organisation_document on letter_organisation using gin (document) with (fastupdate = off);
