-- Narrow tables over the judged rows: whose contract it is, which version is the last, which record is the one in force.
CREATE TABLE heads AS
SELECT source_row, part, coalesce(buyer_id, '') || coalesce(id, '') AS uid, published_on, coalesce(notified_on, signed_on) AS notified_on
FROM clean.contracts WHERE version = 0;

CREATE TABLE lasts AS SELECT source_row, part, max(version) AS last FROM clean.contracts WHERE version > 0 GROUP BY ALL;

CREATE TABLE twins AS SELECT uid FROM heads GROUP BY uid HAVING count(*) > 1;

CREATE TABLE winners AS
SELECT source_row, part FROM heads WHERE uid IN (SELECT uid FROM twins)
QUALIFY row_number() OVER (PARTITION BY uid ORDER BY published_on DESC NULLS LAST, notified_on DESC NULLS LAST, source_row DESC, part DESC) = 1;

CREATE TABLE different AS
SELECT uid FROM (
    SELECT uid, hash(*COLUMNS(record.* EXCLUDE (source_row, part, version, declared_uid, extra, source))) AS content
    FROM clean.contracts AS record JOIN heads USING (source_row, part)
    WHERE version = 0 AND container <> 'ocds' AND uid IN (SELECT uid FROM twins)
) GROUP BY uid HAVING count(DISTINCT content) > 1;

CREATE TABLE keys AS
SELECT source_row, part, uid, coalesce(last, 0) AS last, uid IN (SELECT uid FROM different) AS has_duplicate,
    uid NOT IN (SELECT uid FROM twins) OR (source_row, part) IN (SELECT (source_row, part) FROM winners) AS is_in_force
FROM heads LEFT JOIN lasts USING (source_row, part);
