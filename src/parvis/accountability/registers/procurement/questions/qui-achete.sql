-- Qui achète le plus ?
-- chart: bar x=acheteur y=montant
-- note: Un marché compte une fois, dans sa version la plus récente. Le maximum des accords-cadres est montré à part : il ne s'ajoute pas aux montants. Les deux cents premiers acheteurs.
select coalesce(max(buyer_name), buyer_id) as acheteur, buyer_id as siret,
    count(*) as marches,
    sum(amount) filter (not coalesce(is_framework, false)) as montant,
    sum(amount) filter (is_framework) as maximum_des_accords_cadres,
    count(*) filter (amount is null) as sans_montant
from procurement.contracts
where buyer_id is not null
group by buyer_id
order by montant desc nulls last, siret
limit 200
