-- Quels articles de quels textes sont ouverts à contribution ?
select title as texte, version, number as article, debate as debat, contributions
from debates.texts
order by texte, debat, try_cast(regexp_extract(number, '[0-9]+') as integer), article
