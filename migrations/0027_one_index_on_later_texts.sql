-- Migration 0007 has this index already, as signature_of_revision.
drop index signature_later_text;
