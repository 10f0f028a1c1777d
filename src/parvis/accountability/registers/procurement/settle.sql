-- Narrow tables over the judged rows: whose contract it is, which version is the last, which record is the one in force.
CREATE TABLE heads AS
SELECT source_row, part, coalesce(buyer_id, '') || coalesce(id, '') AS uid FROM clean.contracts WHERE version = 0;

CREATE TABLE lasts AS SELECT source_row, part, max(version) AS last FROM clean.contracts WHERE version > 0 GROUP BY ALL;

-- Records of one uid: the latest is in force, and it is said if they differ. Hashes choose who may be concerned; texts decide.
CREATE TABLE twins AS
WITH likely AS (SELECT hash(uid) FROM heads GROUP BY ALL HAVING count(*) > 1),
records AS (
    SELECT source_row, part, uid, published_on, coalesce(notified_on, signed_on) AS notified_on, CASE WHEN container <> 'ocds'
        THEN hash(*COLUMNS(record.* EXCLUDE (source_row, part, version, declared_uid, extra, source))) END AS content
    FROM clean.contracts AS record
    JOIN (SELECT * FROM heads WHERE hash(uid) IN (FROM likely)) USING (source_row, part) WHERE version = 0
)
SELECT source_row, part, (min(content) OVER same <> max(content) OVER same) IS TRUE AS has_duplicate, row_number() OVER (PARTITION BY uid
    ORDER BY published_on DESC NULLS LAST, notified_on DESC NULLS LAST, source_row DESC, part DESC) = 1 AS is_in_force
FROM records WINDOW same AS (PARTITION BY uid);
