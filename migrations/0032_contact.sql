-- Where people write to the publisher: shown on pages, named in mails, and the address that replies to them go to.
alter table site add column contact text check (contact like '%_@_%' and length(contact) <= 320);
