-- Combien de marchés ont été modifiés, et de combien ?
-- chart: bar x=annee y=marches_modifies
-- note: Compare le montant de la version la plus récente à celui de l'attribution, dans le même fichier. Une modification non publiée ne se voit pas. Les accords-cadres, dont le montant est un maximum, sont comptés mais pas additionnés.
select year(contracts.notified_on) as annee,
    count(*) as marches,
    count(*) filter (contracts.version > 0) as marches_modifies,
    round(100.0 * count(*) filter (contracts.version > 0) / count(*), 2) as part_modifiee,
    count(*) filter (contracts.version > 0 and contracts.amount > initial) as en_hausse,
    count(*) filter (contracts.version > 0 and contracts.amount < initial) as en_baisse,
    count(*) filter (contracts.version > 0 and contracts.amount = initial) as montant_inchange,
    sum(initial) filter (contracts.version > 0 and not coalesce(is_framework, false)) as montant_initial,
    sum(contracts.amount) filter (contracts.version > 0 and not coalesce(is_framework, false)) as montant_modifie,
    round(median(100.0 * (contracts.amount - initial) / initial) filter (contracts.version > 0 and initial > 1), 1)
        as variation_mediane
from procurement.contracts as contracts
left join procurement.initials using (release, uid, source_row)
group by annee
order by annee nulls last
