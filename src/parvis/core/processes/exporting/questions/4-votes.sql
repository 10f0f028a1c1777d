-- Combien de votes, et dans quel sens ?
-- chart: sens votes
select sens, votes
from (
    select sum(votes_for) as pour, sum(votes_mixed) as mitige, sum(votes_against) as contre, sum(supports) as soutiens
    from contributions
) unpivot (votes for sens in (pour, mitige, contre, soutiens))
