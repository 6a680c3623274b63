-- Only a letter to the world stands under the world: as the holder of every place it selected all of them.
update letter_index i set facets = array_remove(facets, 'place:001')
  where 'place:001' = any(facets)
    and not exists (select from letter_place p where p.letter_id = i.letter_id and p.place = '001');
update facet_count set letters = (
    select count(distinct p.letter_id) from letter_place p join letter_index i on i.letter_id = p.letter_id
    where p.place = '001')
  where facet = 'place:001';
