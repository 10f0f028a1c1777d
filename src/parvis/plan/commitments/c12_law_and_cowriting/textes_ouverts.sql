-- Combien de textes sont, ou ont été, ouverts à contribution article par article ?
select text as texte, title as titre, count(distinct unit) as articles, count(distinct debate) as debats,
    sum(contributions) as contributions
from debates.texts
group by text, title
order by texte
