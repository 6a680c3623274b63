-- How many signed a letter's later texts is asked for wherever there are any. Signatures under the first need no entry.
create index signature_later_text on signature (letter_id, revision) where state = 'accepted' and revision > 1;
