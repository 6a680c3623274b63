-- A sign-on that would be held when the letter is published can be looked at before: since when it is found good. What
-- is signed anew with the same name, website and words beside it stays found good (drafting/sign-on-store.ts).
alter table sign_on add column found_good_at timestamptz;
