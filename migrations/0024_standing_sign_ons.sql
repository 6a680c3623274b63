-- Which sign-ons stand for which frozen draft. It was the hash of all words in all languages; a translation that was added
-- asked everybody again. Now each draft knows the drafts whose signatories it does not ask again.
alter table draft_revision
  -- Frozen drafts, this one among them: sign-ons that were given for them stand for this one (document.ts, staysSigned).
  add column covers integer[] not null default '{}';
update draft_revision r set covers = array(
  select number from draft_revision o where o.letter_id = r.letter_id and o.words_hash = r.words_hash);
alter table draft_revision drop column words_hash;
alter table sign_on drop column words_hash;
