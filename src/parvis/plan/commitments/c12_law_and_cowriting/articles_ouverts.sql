-- Combien d'articles sont, ou ont été, ouverts à contribution ?
select text as texte, unit as article, max(number) as numero, count(distinct debate) as debats,
    sum(contributions) as contributions
from debates.texts
group by text, unit
order by texte, article
