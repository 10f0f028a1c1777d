-- Quelle part des marchés passés en concurrence n'a reçu qu'une offre ?
-- chart: bar x=procedure y=part
-- note: Le nombre d'offres n'est publié que depuis l'arrêté du 22 décembre 2022 : les marchés où il manque sont comptés à part. Les lignes de titulaires comptent un marché autant de fois qu'il a de titulaires et de contenus publiés sous le même numéro : c'est l'unité des fichiers tabulaires, donnée pour comparaison.
with competitive as (
    select unnest([
        'Procédure adaptée', 'Appel d''offres ouvert', 'Appel d''offres restreint', 'Procédure avec négociation',
        'Procédure concurrentielle avec négociation', 'Procédure négociée avec mise en concurrence préalable',
        'Dialogue compétitif', 'Procédure négociée ouverte', 'Procédure non négociée ouverte',
        'Procédure négociée restreinte', 'Procédure non négociée restreinte'
    ]) as procedure
), lines as (
    select versions.procedure, count(*) as lines, count(*) filter (versions.bids_received = 1) as single
    from procurement.versions as versions
    left join procurement_all.suppliers as suppliers using (release, uid, source_row, version)
    where versions.version = 0 and versions.bids_received > 0
    group by versions.procedure
)
select contracts.procedure,
    count(*) filter (bids_received > 0) as marches,
    count(*) filter (bids_received = 1) as une_offre,
    round(100.0 * count(*) filter (bids_received = 1) / nullif(count(*) filter (bids_received > 0), 0), 1) as part,
    count(*) filter (coalesce(bids_received, 0) = 0) as nombre_inconnu,
    coalesce(any_value(lines.lines), 0) as lignes_de_titulaires,
    coalesce(any_value(lines.single), 0) as lignes_a_une_offre
from procurement.contracts as contracts
semi join competitive on competitive.procedure = contracts.procedure
left join lines on lines.procedure = contracts.procedure
group by contracts.procedure
order by marches desc, contracts.procedure
