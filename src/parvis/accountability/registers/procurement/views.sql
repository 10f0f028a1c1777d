-- What questions read. A contract may be in several releases (two profiles publish it, or one publishes it again):
-- its current row is the one published last, then the one of the last release.
create view procurement.versions as
select * exclude (release_rank) from procurement_all.contracts;

-- Its amount is in euros, or empty: no sum adds two currencies. What another currency says stays in the versions.
create view procurement.contracts as
select * exclude (release_rank) replace (case when currency = 'EUR' then amount end as amount) from procurement_all.contracts
where is_current
qualify row_number() over (
    partition by uid order by published_on desc nulls last, release_rank desc, source_row desc
) = 1;

-- What each contract was worth before it was modified; one release of OCDS may hold several contracts.
create view procurement.initials as
select release, uid, source_row, amount as initial from procurement.versions where version = 0;

-- A key of SIREN or SIRET: Luhn's, whatever zeros stand before. Those of the SIRET and of its SIREN are both right,
-- except for La Poste, whose digits sum to a multiple of five. The same as is_proved of rules/macros.sql.
create macro procurement.twice(d) as case when d > 4 then 2 * d - 9 else 2 * d end;
create macro procurement.digit(n, place) as (n // place) % 10;
create macro procurement.two(n, place) as procurement.digit(n, place) + procurement.twice(procurement.digit(n, 10 * place));
create macro procurement.luhn(n) as (
    procurement.two(n, 1) + procurement.two(n, 100) + procurement.two(n, 10000) + procurement.two(n, 1000000)
    + procurement.two(n, 100000000) + procurement.two(n, 10000000000) + procurement.two(n, 1000000000000)
) % 10 = 0;
create macro procurement.laposte(n) as (14 + procurement.digit(n, 1) + procurement.digit(n, 10)
    + procurement.digit(n, 100) + procurement.digit(n, 1000) + procurement.digit(n, 10000)) % 5 = 0;
create macro procurement.has_key(n) as procurement.luhn(n)
    and procurement.luhn(n // 100000) or (n // 100000 = 356000000 and (procurement.laposte(n) or procurement.luhn(n)));
create macro procurement.is_siret(id) as coalesce(
    regexp_full_match(id, '[0-9]{14}') and procurement.has_key(try_cast(id as bigint)), false);

create view procurement.suppliers as
select suppliers.* exclude (release_rank)
from procurement_all.suppliers as suppliers
semi join procurement.contracts as contracts using (release, uid, source_row, version);
