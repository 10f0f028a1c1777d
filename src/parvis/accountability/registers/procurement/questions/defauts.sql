-- Quels défauts les fichiers publiés portent-ils le plus souvent ?
-- chart: bar x=regle y=cellules
-- note: Un défaut est gardé avec sa valeur d'origine : rien n'est effacé. Une cellule peut avoir plusieurs défauts.
select rule as regle, "table" as table, "column" as colonne, status as traitement, count(*) as cellules,
    count(distinct release || '/' || source_row) as enregistrements,
    any_value(sentence) as exemple
from procurement.defects
group by all
order by cellules desc, regle, colonne
