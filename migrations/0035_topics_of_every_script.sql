-- Without the database's locale: some take the marks of scripts for punctuation, such as the virama of Devanagari.
alter table letter_topic drop constraint letter_topic_topic_check;
alter table letter_topic add constraint letter_topic_topic_check
  check (topic collate "C" ~ '^[^[:space:][:cntrl:][:punct:]]+(-[^[:space:][:cntrl:][:punct:]]+)*$');
