-- Combien de mots adoptés mènent à la contribution dont ils viennent ?
select text as texte, version, unit as article, words as mots, count as nombre, contribution, adopted_by as adoptes_par,
    adopted_on as adoptes_le
from debates.words
where contribution is not null and count > 0
order by texte, version, article, mots
