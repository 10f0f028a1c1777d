-- Quels mots adoptés viennent de contributions ?
select text as texte, version, unit as unite, words as mots, removed as mots_otes, contribution, adopted_by as adoptes_par,
    adopted_on as le
from debates.words
where contribution is not null
order by texte, version, unite, mots
