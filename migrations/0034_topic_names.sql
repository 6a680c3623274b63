-- Topics that a site has of its own, as they were first written: a slug keeps neither capitals nor accents. Those that
-- every site knows have their names in locales/.
create table topic_name (
  topic text primary key,
  name text not null check (name <> ''),
  -- Of the letter for which it was written.
  language text not null
);

-- Letters of any script (letters/topics.ts), and nothing that has a meaning in an address or in a facet.
alter table letter_topic drop constraint letter_topic_topic_check;
alter table letter_topic add constraint letter_topic_topic_check
  check (topic ~ '^[^[:space:][:cntrl:][:punct:]]+(-[^[:space:][:cntrl:][:punct:]]+)*$');
