-- What is known of a signature beyond the address that was confirmed, and on what an organisation's name stands.

create table evidence (
  id bigint generated always as identity primary key,
  signature_id uuid not null references signature on delete cascade,
  -- address: it is at the domain of the organisation's website. dns, file: the organisation published what it was given
  -- there. organisers: somebody of the desk vouches. orcid: the person signed in to their own record.
  kind text not null check (kind in ('address', 'dns', 'file', 'organisers', 'orcid')),
  -- The domain, or the ORCID iD. Gone once its owner has taken the iD away.
  detail text,
  -- Whether readers see the detail; those of ORCID as the person wishes.
  show_detail boolean not null,
  -- For the desk alone: how the organisers know it; the name that an ORCID record bears.
  note text check (length(note) between 1 and 1000),
  at timestamptz not null,
  -- Who brought it about: the signatory, somebody of the desk, or the software by itself.
  actor text not null check (actor in ('signatory', 'account', 'system')),
  account_id uuid references account,
  removed_at timestamptz,
  removed_by text check (removed_by in ('signatory', 'account')),
  removed_account_id uuid references account,
  -- Why somebody of the desk took it away.
  reason text check (length(reason) between 1 and 1000),
  check ((actor = 'account') = (account_id is not null)),
  check ((removed_at is null) = (removed_by is null)),
  check ((removed_by is not distinct from 'account') = (removed_account_id is not null and reason is not null)),
  check ((kind = 'organisers') = (detail is null) or removed_at is not null)
);
create unique index evidence_standing on evidence (signature_id, kind) where removed_at is null;
create index evidence_signature on evidence (signature_id);
-- Under one letter an ORCID iD stands beside one name: signing/own-orcid.ts looks for it here.
create index evidence_orcid on evidence (detail) where kind = 'orcid' and removed_at is null;

-- Whether an organisation's name stands on more than an address: kept here, so that those without can be found by an
-- index however many have signed. Written by signing/evidence-store.ts and nowhere else.
alter table signature add column has_evidence boolean not null default false;
create index signature_without_evidence on signature (letter_id, place desc)
  where kind = 'organisation' and state = 'accepted' and not has_evidence;

-- The latest looks at an organisation's domain: what was found, and how often the server was asked to go there.
create table domain_check (
  id bigint generated always as identity primary key,
  signature_id uuid not null references signature on delete cascade,
  domain text not null,
  at timestamptz not null,
  -- What was found; null while the look is under way.
  dns text,
  file text
);
create index domain_check_signature on domain_check (signature_id, at);
create index domain_check_domain on domain_check (domain, at);
create index domain_check_at on domain_check (at);
