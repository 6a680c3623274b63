-- How many forms a network has sent within an hour: its keyed hash, and nothing of who. Lost when the database crashes,
-- which does no harm; so a form does not wait for the disk twice.
create unlogged table form_network (
  network bytea primary key,
  -- When the hour began: with the first form.
  since timestamptz not null,
  forms int not null check (forms > 0)
);
create index form_network_since on form_network (since);

-- An ORCID iD that stands beside another name by now is taken from one that comes back (signing/orcid-store.ts).
alter table evidence drop constraint evidence_removed_by_check;
alter table evidence add constraint evidence_removed_by_check check (removed_by in ('signatory', 'account', 'system'));
