-- Les identifiants des acheteurs et des titulaires sont-ils valides ?
-- chart: bar x=constat y=lignes
-- note: Valide veut dire quatorze chiffres dont les clés sont justes, celle du SIREN et celle du SIRET (Luhn, ou somme multiple de cinq pour La Poste) : le SIRET peut pourtant ne pas exister dans SIRENE. Une ligne par marché pour l'acheteur, une par titulaire d'un marché.
with ids as (
    select 'acheteur' as role, buyer_id as id, 'SIRET' as scheme from procurement.contracts
    union all
    select 'titulaire', supplier_id, coalesce(supplier_id_type, '(non dit)') from procurement.suppliers
), checked as (
    select *, regexp_full_match(id, '[0-9]{14}') as has_form, procurement.is_siret(id) as has_key
    from ids
)
select role, case
        when id is null then 'absent'
        when scheme not in ('SIRET', '(non dit)') then 'autre identifiant (' || scheme || ')'
        when has_key then 'SIRET valide'
        when has_form then 'quatorze chiffres, clé fausse'
        when regexp_full_match(id, '[0-9]{9}') then 'neuf chiffres (SIREN)'
        else 'autre forme' end as constat,
    count(*) as lignes,
    count(distinct id) as identifiants,
    round(100.0 * count(*) / sum(count(*)) over (partition by role), 2) as part
from checked
group by role, constat
order by role, lignes desc, constat
