-- What questions read. A contract may be in several releases (two profiles publish it, or one publishes it again):
-- its current row is the one published last, then the one of the last release.
create view procurement.versions as
select * exclude (release_rank) from procurement_all.contracts;

create view procurement.contracts as
select * exclude (release_rank) from procurement_all.contracts
where is_current
qualify row_number() over (
    partition by uid order by published_on desc nulls last, release_rank desc, source_row desc
) = 1;

create view procurement.suppliers as
select suppliers.* exclude (release_rank)
from procurement_all.suppliers as suppliers
semi join procurement.contracts as contracts using (release, uid, source_row, version);
