-- What is forgotten of those who read drafts: words that somebody wants deleted, the names on links under embargo.

-- Null once its words are deleted: a comment that others have answered stays, empty.
alter table comment alter column body drop not null;

-- Both null once whom it was for is deleted; the link goes on leading to the public page.
alter table embargo_link alter column recipient drop not null, alter column token_sealed drop not null;

-- The places of those whose account was removed end with it, whoever invited them (drafting/remove-person.ts).
update invitee i set revoked_at = a.removed_at
from account a, circulation c
where a.id = i.account_id and a.removed_at is not null and i.revoked_at is null
  and c.letter_id = i.letter_id and c.ended_at is null;
