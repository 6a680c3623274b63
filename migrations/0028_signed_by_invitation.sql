-- A letter that those invited signed before it was public, and that never opens to others, is not from elsewhere.
alter table letter drop constraint letter_state_check, drop constraint letter_check1;
alter table letter
  -- archived: recorded from elsewhere. invited: signed here by those invited alone. Neither ever opens.
  add constraint letter_state_check check (state in ('archived', 'invited', 'open', 'closed')),
  add constraint letter_opened check (state in ('archived', 'invited') or opened_at is not null);

update letter l set state = 'invited'
  where state = 'archived' and exists (select from signature s where s.letter_id = l.id);
update letter_index i
  set facets = array(select unnest(array_replace(i.facets, 'status:archived', 'status:invited')) as facet order by facet)
  from letter l where l.id = i.letter_id and l.state = 'invited';
insert into facet_count (facet, letters) select 'status:invited', count(*) from letter where state = 'invited' having count(*) > 0;
update facet_count set letters = letters - (select count(*) from letter where state = 'invited')
  where facet = 'status:archived';
